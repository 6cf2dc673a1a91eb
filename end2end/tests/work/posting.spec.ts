import { expect } from "@playwright/test";
import { BRIEF } from "../../support/api.ts";
import { isWrong } from "../../support/checks.ts";
import { browserOf, notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

/** The day so many days from now, as a date field takes it. */
function day(days: number) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

test("a job has two deadlines, a summary for everybody, and a brief that is confidential if its poster says so", { tag: "@narrow" }, async ({ page, browser, baseURL, join, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/jobs/new");
  await page.getByLabel("Title").fill("Parse invoices with a grammar");
  await page.getByLabel("Summary").fill("A parser in Rust for two hundred invoices.");
  await page.getByLabel("Brief").fill(BRIEF);
  await page.getByLabel("Budget").fill("480");
  await page.getByLabel("Applications until").fill(day(20));
  await page.getByLabel("Work due").fill(day(10));
  await page.getByRole("button", { name: "Post the job" }).click();
  await isWrong(page.getByLabel("Applications until"), /later than the time the work is due/);
  await page.getByLabel("Applications until").fill(day(5));
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(notice(page)).toContainText("Posted.");
  const facts = page.locator(".page-head .facts");
  await expect(facts).toContainText("Applications until");
  await expect(facts).toContainText("Work due");

  // Somebody without an account reads all of a brief that is not confidential.
  const job = new URL(page.url()).pathname;
  const anonymous = await (await browser.newContext({ baseURL })).newPage();
  await anonymous.goto(job);
  await expect(anonymous.getByText(BRIEF)).toBeVisible();
  await page.goto(`${job}/edit`);
  await expect(page.getByLabel("Work due")).toHaveValue(day(10));
  await page.getByRole("checkbox", { name: "Confidential" }).check();
  await page.getByRole("button", { name: "Save the changes" }).click();
  await anonymous.goto(job);
  await expect(anonymous.getByText(BRIEF)).toBeHidden();
  await expect(anonymous.getByText("A parser in Rust for two hundred invoices.")).toBeVisible();
  await anonymous.context().close();
  const { page: other } = await browserOf(browser, await (await join("Ada")).profile(["coding"]), baseURL!);
  await other.goto(job);
  await other.getByRole("button", { name: "Agree and read the brief" }).click();
  await expect(other.getByText(BRIEF)).toBeVisible();
});

test("a list of jobs is sorted, narrowed by day and proofing, and has numbered pages", { tag: "@narrow" }, async ({ page, join }) => {
  const poster = await join("Larkin");
  const word = `lot${poster.email.match(/-(\w{8})@/)![1]}`;
  for (let n = 1; n <= 41; n += 1) await poster.post(`Number ${n}`, { summary: `The ${word} of many.`, budget_max: ((n * 7) % 41 + 1) * 1_000 });
  const due = { summary: word, deadline: `${day(2)}T12:00:00Z` };
  await poster.post("The one that is due", { ...due, budget_max: 500 });
  await poster.post("The one that is proofed", { ...due, budget_max: 400, proof_required: true, proofer_count: 3, proof_fee: 100 });
  const titles = page.getByRole("table", { name: "Open jobs" }).locator("tbody tr a.plain");
  await page.goto(`/jobs?q=${word}&sort=budget`);
  await expect(page.getByText("43 jobs")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Order" })).toHaveValue("budget");
  await expect(page.locator("tbody tr").first()).toContainText("410.00");
  await page.getByRole("combobox", { name: "Work due" }).selectOption("Due in 3 days");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(titles).toHaveText(["The one that is due", "The one that is proofed"]);
  await page.getByRole("combobox", { name: "Proofing" }).selectOption("With proofers");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(titles).toHaveText(["The one that is proofed"]);
  await expect(page.locator("tbody tr")).toContainText("3 × 1.00");
  await page.goto(`/jobs?q=${word}`);
  const pager = page.getByRole("navigation", { name: "Pages" });
  await pager.getByRole("link", { name: "Page 3", exact: true }).click();
  await expect(pager).toContainText("41–43 of 43");
  await expect(pager.getByRole("link", { name: "Page 3", exact: true })).toHaveAttribute("aria-current", "page");
  await expect(titles).toHaveText(["Number 3", "Number 2", "Number 1"]);
});

test("what was posted since the last visit is marked", async ({ page, context, baseURL, join, signedIn }) => {
  const poster = await join("Larkin");
  const word = `lot${poster.email.match(/-(\w{8})@/)![1]}`;
  await signedIn("Ada");
  const hour = 3_600_000;
  const seen = `0.${Date.now() - hour}`;
  await context.addCookies([{ name: "jobs-seen", value: seen, url: `${baseURL}/jobs` }]);
  await poster.post(`${word} is new`);
  await page.goto(`/jobs?q=${word}`);
  await expect(page.locator("tbody tr")).toContainText("New");
  await expect(page.locator("tbody tr")).toContainText("just now");
  await page.getByRole("link", { name: "New since my last visit" }).click();
  await expect(page.getByText("posted since your last visit")).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page).toHaveURL(`/jobs?q=${word}`);
});

test("an offer above the budget is meant, and marked", { tag: "@narrow" }, async ({ page, browser, baseURL, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(1_000);
  const job = await poster.post("Parse invoices with a grammar", { budget_max: 50_000, confidential: false, proof_required: true, proofer_count: 3, proof_fee: 1_200 });
  const { page: worker } = await browserOf(browser, await (await join("Ada")).profile(["coding"]), baseURL!);
  await worker.goto(`/jobs/${job.id}`);
  await worker.getByLabel("Your price").fill("950");
  await worker.getByRole("button", { name: "Apply", exact: true }).click();
  await isWrong(worker.getByLabel("Your price"), /450.00 above the budget of 500.00/);
  await worker.getByRole("checkbox", { name: "Offer more than the budget" }).check();
  await worker.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(notice(worker)).toContainText("You applied for 950.00.");
  await page.goto("/hire");
  await expect(page.getByRole("table", { name: /^Applications to/ })).toContainText("450.00 above the budget");
  await page.goto(`/jobs/${job.id}`);
  await expect(page.getByRole("table", { name: "Applications to this job" })).toContainText("450.00 above the budget");
  await page.getByRole("link", { name: "Choose Ada" }).click();
  const accept = page.getByRole("region", { name: "Accept Ada" });
  await expect(accept).toContainText("This offer is 450.00 above the budget.");
  await expect(accept).toContainText("Proofers later, up to 2 rounds of 3 × 12.00");
  await expect(accept).toContainText("72.00");
});

test("a round that costs more than half of the budget warns", async ({ page, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/jobs/new");
  await page.getByLabel("Title").fill("Parse invoices with a grammar");
  await page.getByLabel("Brief").fill(BRIEF);
  await page.getByLabel("Budget").fill("480");
  await page.getByRole("checkbox", { name: "Ask for proofers" }).check();
  await page.getByLabel("Proofers", { exact: true }).fill("3");
  await page.getByLabel(/^Fee/).fill("100");
  await page.getByLabel("Rounds").fill("1");
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(notice(page)).toContainText("A round of proofing costs 300.00, more than half of your budget of 480.00.");
  await expect(page.getByRole("region", { name: "Proofing" })).toContainText("300.00 for one round");
});
