import { expect, type Page } from "@playwright/test";
import { figure, notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

const section = (page: Page) => page.getByRole("region", { name: "Featured" });
const question = (page: Page) => page.getByRole("dialog", { name: "Feature this job?" });

/** Titles in the order of the list of open jobs; every test looks for words of its own. */
async function found(page: Page, word: string) {
  await page.goto(`/jobs?q=${word}`);
  return page.getByRole("table").locator("tbody tr a.plain");
}

test("featured days are bought for the price that is shown, and lift the job", { tag: "@narrow" }, async ({ page, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(100);
  const word = `tide${Date.now().toString(36)}${test.info().project.name}`;
  const older = await poster.post(`Chart the ${word} of a harbour`);
  await poster.post(`Draw the ${word} of a river`);
  await expect(await found(page, word)).toHaveText([/of a river/, /of a harbour/]);

  await page.goto(`/jobs/${older.id}`);
  await expect(section(page)).toContainText("A featured job stands above other open jobs, for 1.00 a day.");
  await section(page).getByRole("button", { name: "Feature it" }).click();
  await expect(question(page)).toContainText("Paid from your wallet at once (100.00 available) and not given back");
  const days = question(page).getByRole("combobox", { name: "For how long" });
  await expect(days.getByRole("option")).toHaveText(["1 day for 1.00", "3 days for 3.00", "7 days for 7.00", "14 days for 14.00", "30 days for 30.00"]);
  await expect(days).toHaveValue("7");
  await expect(question(page).getByRole("link", { name: "Deposit for more days" }), "all can be paid").toHaveCount(0);
  await days.selectOption("3 days for 3.00");
  await question(page).getByRole("button", { name: "Pay and feature it" }).click();
  await expect(notice(page)).toHaveText(/^Your job is featured until \d+ \w+ \d\d:\d\d UTC\.$/);
  await expect(section(page)).toContainText(/Above other open jobs until \d+ \w+ \d\d:\d\d UTC\./);
  await expect(section(page).getByRole("button", { name: "Add days" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText(/Put above other open jobs[^]*3\.00 paid/);

  await expect(await found(page, word)).toHaveText([/of a harbour/, /of a river/]);
  await expect(page.getByRole("row").filter({ hasText: "of a harbour" })).toContainText("Featured");
  await page.goto("/wallet");
  await expect(figure(page, "Available")).toContainText("97.00");
  await expect(page.getByRole("table").getByRole("row").nth(1)).toContainText(/3\.00.*97\.00/);
});

test("who can't pay for it is led to the money and back", { tag: "@narrow" }, async ({ page, signedIn }) => {
  const poster = await signedIn("Larkin");
  const job = await poster.post("Chart the tides of a harbour");
  await page.goto(`/jobs/${job.id}`);
  await expect(section(page).getByRole("button")).toHaveCount(0);
  await section(page).getByRole("link", { name: "Deposit to feature it" }).click();
  await expect(page.getByLabel("Amount")).toHaveValue("7.00");
  await page.getByLabel("Amount").fill("5");
  await page.getByRole("button", { name: "Continue to checkout" }).click();
  await page.getByRole("button", { name: "Pay 5.00" }).click();
  await expect(page).toHaveURL(`/jobs/${job.id}`);

  await section(page).getByRole("button", { name: "Feature it" }).click();
  const days = question(page).getByRole("combobox", { name: "For how long" });
  await expect(days.getByRole("option"), "what 5.00 can pay").toHaveText(["1 day for 1.00", "3 days for 3.00"]);
  await expect(days).toHaveValue("3");
  await question(page).getByRole("link", { name: "Deposit for more days" }).click();
  await expect(page.getByLabel("Amount")).toHaveValue("5.00"); // 2.00 are missing; it is the least there is.
  await page.getByRole("button", { name: "Continue to checkout" }).click();
  await page.getByRole("button", { name: "Pay 5.00" }).click();
  await section(page).getByRole("button", { name: "Feature it" }).click();
  await expect(days).toHaveValue("7");
  await question(page).getByRole("button", { name: "Pay and feature it" }).click();
  await expect(notice(page)).toContainText("Your job is featured until");
  await page.goto("/wallet");
  await expect(figure(page, "Available")).toContainText("3.00");
});
