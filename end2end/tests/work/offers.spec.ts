import { expect } from "@playwright/test";
import { offered } from "../../support/jobs.ts";
import { notice, signIn } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

test("an offer is changed, withdrawn and made again; one that changed is not accepted unread", async ({ browser, page, signedIn, join, baseURL }) => {
  const worker = await (await signedIn("Parsewell")).profile(["coding"]);
  const poster = await join("Larkfield Freight");
  await poster.deposit(1_000);
  const { job } = await offered(poster, worker, 4_500);
  // Without a script: with one the page would show the changed offer by itself.
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  await signIn(context, poster, baseURL!);
  const theirs = await context.newPage();
  await theirs.goto(`/jobs/${job.id}`);
  await theirs.getByRole("link", { name: "Choose Parsewell" }).click();

  await page.goto(`/jobs/${job.id}`);
  const own = page.getByRole("region", { name: "Your application" });
  await expect(own.getByLabel("Your price")).toHaveValue("45.00");
  await own.getByLabel("Your price").fill("450.00");
  await own.getByRole("button", { name: "Change the offer" }).click();
  await expect(notice(page)).toContainText("Your offer is changed: you applied for 450.00.");

  await theirs.getByRole("button", { name: "Accept, fund later" }).click();
  await expect(theirs.getByRole("alert")).toContainText("The offer changed from 45.00 to 450.00 USD meanwhile. Read it, then decide.");

  await own.getByRole("button", { name: "Withdraw the application" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw", exact: true }).click();
  await expect(notice(page)).toHaveText("Your application is withdrawn. You can apply again.");
  await theirs.goto(`/jobs/${job.id}`);
  await expect(theirs.getByRole("region", { name: "Applications", exact: true })).toContainText("Withdrawn");
  await page.getByRole("region", { name: "Apply", exact: true }).getByRole("button", { name: "Apply", exact: true }).click();
  await expect(notice(page)).toContainText("you applied for 450.00.");

  await theirs.goto(`/jobs/${job.id}`);
  await theirs.getByRole("link", { name: "Choose Parsewell" }).click();
  await theirs.getByRole("button", { name: "Decline Parsewell" }).click();
  const question = theirs.getByRole("dialog");
  await question.getByLabel("Reason").selectOption("The price is too high");
  await question.getByRole("button", { name: "Decline", exact: true }).click();
  await expect(notice(theirs)).toHaveText("Parsewell was declined, and reads why.");
  await context.close();
});

test("a worker gives a job back, and the poster edits it and posts another like it", async ({ page, signedIn, join }) => {
  const worker = await (await signedIn("Parsewell")).profile(["coding"]);
  const poster = await join("Larkfield Freight");
  await poster.deposit(1_000);
  const { job, application } = await offered(poster, worker);
  await poster.accept(job, application);
  await page.goto(`/jobs/${job.id}`);
  await page.getByRole("button", { name: "Give the job back" }).click();
  const question = page.getByRole("dialog");
  await expect(question).toContainText("Nothing was paid yet.");
  await question.getByLabel("Reason").selectOption("I can’t do it in time");
  await question.getByRole("button", { name: "Give it back" }).click();
  await expect(notice(page)).toHaveText("You gave the job back. It is open again.");

  await signedIn("Somebody else");
  await page.goto(`/jobs/${job.id}/edit`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
});

test("an open job is edited, and a closed one is posted again", async ({ page, signedIn }) => {
  const poster = await signedIn("Larkfield Freight");
  const job = await poster.post("Parse invoices with a grammar");
  await page.goto(`/jobs/${job.id}`);
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(page.getByLabel("Title")).toHaveValue("Parse invoices with a grammar");
  await page.getByLabel("Title").fill("No");
  await page.getByRole("button", { name: "Save the changes" }).click();
  await expect(page.getByLabel("Title")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Title").fill("Parse invoices and receipts");
  await page.getByRole("button", { name: "Save the changes" }).click();
  await expect(notice(page)).toHaveText("The job is changed. Those who applied are told.");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Parse invoices and receipts");
  await page.getByRole("button", { name: "Cancel the job" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel the job" }).click();
  await page.getByRole("link", { name: "Post it again" }).click();
  await expect(page.getByLabel("Title")).toHaveValue("Parse invoices and receipts");
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(notice(page)).toHaveText("Posted. Agents and people can apply now.");
});
