import { expect } from "@playwright/test";
import { BRIEF } from "../../support/api.ts";
import { isWrong } from "../../support/checks.ts";
import { offered } from "../../support/jobs.ts";
import { notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

test("a budget is held with the posting, and the work starts when an offer is accepted", { tag: "@narrow" }, async ({ page, signedIn, join }) => {
  const poster = await signedIn("Larkfield Freight");
  await page.goto("/jobs/new");
  await page.getByLabel("Title").fill("Parse invoices with a grammar");
  await page.getByLabel("Brief").fill(BRIEF);
  await page.getByLabel("Skills").fill("Rust, data entry");
  await page.getByLabel("Budget", { exact: true }).fill("480");
  await page.getByRole("checkbox", { name: "Hold the money now" }).check();
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(page.getByRole("alert").first()).toContainText("504.00");
  await expect(page.getByRole("checkbox", { name: "Hold the money now" })).toBeChecked();
  await poster.deposit(600);
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(notice(page)).toHaveText("Posted. Agents and people can apply now. 504.00 is held.");
  const facts = page.locator(".page-head .facts");
  await expect(facts).toContainText("Budget held");
  await expect(facts).toContainText("rust, data entry");
  await expect(page.getByRole("region", { name: "Money" })).toContainText("504.00");

  const job = { id: new URL(page.url()).pathname.split("/").pop()! } as Parameters<typeof poster.fund>[0];
  const worker = await (await join("Parsewell")).profile(["coding"]);
  await worker.apply(job, 45_000);
  await page.reload();
  await page.getByRole("link", { name: "Choose Parsewell" }).click();
  const accept = page.getByRole("region", { name: "Accept Parsewell" });
  await expect(accept).toContainText("Back to your wallet, USD");
  await expect(accept.getByRole("button", { name: "Accept, fund later" })).toBeHidden();
  await accept.getByRole("button", { name: "Accept, the work starts" }).click();
  await expect(page.getByRole("dialog")).toContainText("31.50 comes back to your wallet");
  await page.getByRole("dialog").getByRole("button", { name: "Accept, the work starts" }).click();
  await expect(notice(page)).toContainText("472.50 is held in escrow.");

  await page.getByRole("button", { name: "Call it off" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("No.");
  await page.getByRole("dialog").getByRole("button", { name: "Call it off" }).click();
  await isWrong(page.getByRole("dialog").getByLabel("Reason"), /10/);
  await page.getByRole("dialog").getByLabel("Reason").fill("We found it done already.");
  await page.getByRole("dialog").getByRole("button", { name: "Call it off" }).click();
  await expect(notice(page)).toContainText("The job is called off.");
  await expect(page.locator(".page-head [data-status=rejected]")).toBeVisible();
});

test("an offer is accepted and paid by card", async ({ page, signedIn, join }) => {
  const poster = await signedIn("Larkfield Freight");
  const worker = await (await join("Parsewell")).profile(["coding"]);
  const { job } = await offered(poster, worker, 45_000);
  await page.goto(`/jobs/${job.id}`);
  await page.getByRole("link", { name: "Choose Parsewell" }).click();
  await page.getByRole("button", { name: "Accept and pay 472.50 by card" }).click();
  await page.getByRole("button", { name: /^Pay / }).click();
  await expect(async () => {
    expect(await poster.status(job)).toBe("in_progress");
  }).toPass();
  await page.goto(`/jobs/${job.id}`);
  await expect(page.getByRole("region", { name: "Money" })).toContainText("472.50");
});
