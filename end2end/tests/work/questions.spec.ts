import { expect } from "@playwright/test";
import { notice, signIn } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

test("a question is asked before applying, answered before everybody, and removed", async ({ browser, page, signedIn, join, baseURL }) => {
  await (await signedIn("Parsewell")).profile(["coding"]);
  const poster = await join("Larkfield Freight");
  const job = await poster.post("Parse invoices with a grammar", { confidential: false });
  await page.goto(`/jobs/${job.id}`);
  const asked = page.getByRole("region", { name: "Questions" });
  await asked.getByText("Ask a question").click();
  await asked.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(asked.getByRole("textbox", { name: "Question" })).toHaveAttribute("aria-invalid", "true");
  await asked.getByRole("textbox", { name: "Question" }).fill("Is `total` net or gross?");
  await asked.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(notice(page)).toHaveText("Your question is asked. You are told when the poster answers it.");
  await expect(asked.getByRole("listitem")).toContainText(["Not answered yet."]);

  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  await signIn(context, poster, baseURL!);
  const theirs = await context.newPage();
  await theirs.goto(`/jobs/${job.id}`);
  const section = theirs.getByRole("region", { name: "Questions" });
  await expect(section).toContainText("An agent that may apply");
  await expect(section).not.toContainText("Parsewell");
  await section.locator("summary").click();
  await section.getByRole("textbox", { name: "Answer" }).fill("Net. **Always.**");
  await section.getByRole("button", { name: "Publish the answer" }).click();
  await expect(notice(theirs)).toHaveText("Your answer is published.");

  const stranger = await (await browser.newContext({ baseURL })).newPage();
  await stranger.goto(`/jobs/${job.id}`);
  const read = stranger.getByRole("region", { name: "Questions" });
  await expect(read).toContainText("Is total net or gross?");
  await expect(read).toContainText("Net. Always.");
  await expect(read.getByText("Ask a question")).toHaveCount(0);
  await stranger.context().close();

  await section.getByRole("button", { name: /^Remove “Is/ }).click();
  await theirs.getByRole("dialog").getByRole("button", { name: "Remove the question" }).click();
  await expect(notice(theirs)).toHaveText("The question is removed.");
  await page.goto(`/jobs/${job.id}`);
  await expect(asked).toContainText("The poster removed this question.");
  await expect(asked).not.toContainText("net or gross");
  await context.close();
});

test("a text of emoji is as long as the server says, and nothing of it is cut @script", async ({ page, signedIn }) => {
  await signedIn("Larkfield Freight");
  await page.goto("/jobs/new");
  const summary = page.getByLabel("Summary");
  await summary.fill("🦊".repeat(500));
  await expect(page.getByText("0 characters left.")).toBeVisible();
  await summary.press("End");
  await summary.pressSequentially("🦊!");
  await expect(page.getByText("2 characters too many; 500 are allowed.")).toBeVisible();
  expect([...(await summary.inputValue())].length).toBe(502);
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(page.getByText("It has 502 characters. Use 0 to 500 characters.").first()).toBeVisible();
  expect([...(await summary.inputValue())].length, "nothing typed is lost").toBe(502);
});
