import { expect, type Locator, type Page } from "@playwright/test";
import type { Member } from "../../support/api.ts";
import { browserOf, figure, notice, signIn } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

const needs = (page: Page) => page.getByRole("region", { name: "Needs you" });
const row = (within: Page | Locator, title: string) => within.getByRole("row").filter({ hasText: title });

/** A job that was done and paid. */
async function finished(poster: Member, worker: Member, title: string, more: object = {}) {
  const job = await poster.hire(worker, title, more);
  await worker.deliver(job);
  await poster.approve(job);
  await expect.poll(() => poster.status(job), "the release timer fires").toBe("completed");
  return job;
}

test("a poster funds a choice from the dashboard, in one step and a question", { tag: "@narrow" }, async ({ page, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(1_000);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const job = await poster.post("Parse invoices with a grammar");
  await poster.accept(job, await worker.apply(job, 45_000));
  await page.goto("/hire");
  await expect(needs(page)).toContainText("1, the nearest deadline in 2 d 23 h");
  await expect(needs(page).getByText("Fund Ferrous", { exact: true })).toBeVisible();
  await needs(page).getByRole("button", { name: "Fund 472.50: Parse invoices with a grammar" }).click();
  const question = page.getByRole("dialog", { name: "Fund Ferrous?" });
  await expect(question).toContainText("472.50 leaves your wallet and is held until you have judged the work; 527.50 stays available.");
  await question.getByRole("button", { name: "Fund 472.50" }).click();
  await expect(notice(page)).toHaveText("472.50 is held in escrow. The work can start.");
  await page.goto("/hire");
  await expect(page.getByText("You’re all caught up.")).toBeVisible();
  await expect(figure(page, "In escrow")).toContainText("472.50for 1 job");
  await expect(figure(page, "Available")).toContainText("527.50");
});

test("offers are compared by price and by record, and one is accepted and funded at once", async ({ page, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(2_000);
  const known = await (await join("Ferrous")).profile(["coding"]);
  const fresh = await (await join("Quill")).profile(["coding"]);
  const before = await finished(poster, known, "Describe the invoice format");
  for (const side of [poster, known]) await side.call("POST", `/api/jobs/${before.id}/ratings`, { stars: 5, comment: "Clear and quick." });
  const job = await poster.post("Parse invoices with a grammar");
  await known.apply(job, 47_000);
  await fresh.apply(job, 40_000, "I have time this week.");

  await page.goto("/hire");
  await needs(page).getByRole("link", { name: "Choose: Parse invoices with a grammar" }).click();
  const compare = page.getByRole("region", { name: "Compare applications" });
  await expect(compare).toMatchAriaSnapshot(`
    - region "Compare applications":
      - heading "Compare applications" [level=2]
      - link "Parse invoices with a grammar"
      - table "Applications to Parse invoices with a grammar, side by side":
        - rowgroup:
          - row:
            - columnheader "Applicant"
            - columnheader "Price, USD":
              - link "Price, USD"
            - columnheader "Rating"
            - columnheader "Finished"
            - columnheader "On time"
            - columnheader "Proof avg"
        - rowgroup:
          - row "Quill agent, Quill 400.00 – 0 – –":
            - cell:
              - link "Quill agent, Quill"
          - row "Ferrous agent, Ferrous 470.00 5.0 1 100 % –"
  `);
  await expect(compare.getByRole("columnheader", { name: "Price" })).toHaveAttribute("aria-sort", "ascending");
  const bill = page.getByRole("complementary", { name: /Accept/ });
  await expect(bill.getByRole("heading")).toHaveText("Accept Quill");
  await expect(bill).toContainText("I have time this week.");
  for (const by of ["Rating", "Finished", "On time"]) {
    await compare.getByRole("link", { name: by }).click();
    await expect(compare.getByRole("row").nth(1)).toContainText("Ferrous");
    await expect(compare.getByRole("columnheader", { name: by })).toHaveAttribute("aria-sort", "descending");
  }
  await compare.getByRole("link", { name: "Quill" }).click();
  await expect(compare.getByRole("row").nth(1), "the order stays").toContainText("Ferrous");
  await expect(bill).toContainText("Service fee, 5 % of work20.00");
  await bill.getByRole("button", { name: "Accept and fund 420.00" }).click();
  const question = page.getByRole("dialog", { name: "Accept Quill?" });
  await expect(question).toContainText("The other applicant is declined.");
  await question.getByRole("button", { name: "Accept and fund 420.00" }).click();
  await expect(notice(page)).toHaveText("Accepted, and 420.00 is held in escrow.");
  expect(await poster.status(job)).toBe("in_progress");
});

test("an offer that the wallet can't pay leads to the deposit", async ({ page, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(100);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const job = await poster.post("Parse invoices with a grammar");
  await worker.apply(job, 45_000);
  await page.goto("/hire");
  const bill = page.getByRole("complementary", { name: "Accept Ferrous" });
  await expect(bill.getByRole("button", { name: "Accept and fund 472.50" })).toBeDisabled();
  await expect(bill).toContainText("Your wallet lacks 372.50.");
  await bill.getByRole("link", { name: "Deposit it" }).click();
  await expect(page.getByLabel("Amount")).toHaveValue("372.50");
});

test("jobs are counted by stage, and every count leads to its jobs", async ({ page, signedIn }) => {
  const poster = await signedIn("Larkin");
  for (let n = 1; n <= 45; n += 1) {
    const job = await poster.post(`Job number ${n}`);
    if (n % 15 === 0) await poster.cancel(job);
  }
  await page.goto("/hire");
  const stages = page.getByRole("complementary", { name: "By stage" });
  await expect(stages.getByRole("listitem").filter({ hasText: "Open" })).toHaveText("Open42");
  await expect(stages.getByRole("link", { name: "Disputed" }), "there is none").toBeHidden();
  await stages.getByRole("link", { name: "Cancelled" }).click();
  const list = page.getByRole("region", { name: "Cancelled" });
  await expect(list.locator("tbody tr a.plain")).toHaveText(["Job number 45", "Job number 30", "Job number 15"]);

  await list.getByRole("combobox", { name: "Stage" }).selectOption("Open");
  await list.getByRole("button", { name: "Show" }).click();
  const open = page.getByRole("region", { name: "Open" });
  const pager = open.getByRole("navigation", { name: "Pages" });
  await expect(pager).toContainText("1–20 of 42");
  await pager.getByRole("link", { name: "Next" }).click();
  await pager.getByRole("link", { name: "Next" }).click();
  await expect(pager).toContainText("41–42 of 42");
  await expect(open.locator("tbody tr a.plain")).toHaveText(["Job number 2", "Job number 1"]);

  await page.goto("/hire?stage=disputed");
  await expect(page.getByText("No job stands here")).toBeVisible();
  await page.getByRole("link", { name: "All jobs" }).click();
  await expect(page.getByRole("region", { name: "All jobs" }).getByRole("navigation", { name: "Pages" })).toContainText("1–20 of 45");
});

test("a review from seats to release, on both dashboards", async ({ page, context, baseURL, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(1_000);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const proofer = await (await join("Aiko Brandt")).profile(["testing"]);
  const title = "Parse invoices with a grammar";
  const job = await poster.hire(worker, title, { proof_required: true, proofer_count: 1, proof_fee: 1_800, rubric: [{ name: "Correctness", weight: 1 }] });
  await worker.deliver(job);
  await page.goto("/hire");
  await expect(needs(page)).toContainText("You’re all caught up.");
  const seat = await proofer.apply(job, 1_800);
  await page.reload();
  await expect(needs(page)).toContainText("Choose 1 of 1 offer");
  await poster.call("POST", `/api/jobs/${job.id}/accept-proofer`, { applicationId: seat });
  await page.reload();
  await needs(page).getByRole("button", { name: `Fund 18.00: ${title}` }).click();
  await page.getByRole("dialog", { name: "Fund 1 proofer?" }).getByRole("button", { name: "Fund 18.00" }).click();
  await expect(notice(page)).toContainText("the review has begun");
  await page.goto("/hire");
  const proofs = page.getByRole("region", { name: "Proof" });
  await expect(row(proofs, title)).toContainText("0 of 1");
  await expect(proofs).toContainText("Not yet");

  await context.clearCookies();
  await signIn(context, proofer, baseURL!);
  await page.goto("/work");
  const due = page.getByRole("region", { name: "Verdicts due" });
  await expect(due.getByRole("link", { name: `Review: ${title}` })).toBeVisible();
  await proofer.call("POST", `/api/jobs/${job.id}/proofs`, {
    verdict: "approve",
    score: 91,
    sections: [{ name: "Correctness", score: 93 }],
    summary: "All fixtures parse.",
    agent_feedback: "Say how long the fixtures took.",
  });
  await page.reload();
  await expect(due).toBeHidden();

  await context.clearCookies();
  await signIn(context, poster, baseURL!);
  await page.goto("/hire");
  await expect(row(proofs, title)).toContainText("1 of 1");
  await expect(row(proofs, title)).toContainText("Approve");
  await expect(needs(page).getByRole("link", { name: `Dispute: ${title}` })).toHaveAttribute("href", `/jobs/${job.id}/dispute`);
  await needs(page).getByRole("button", { name: `Release: ${title}` }).click();
  await page.getByRole("dialog", { name: "Release the payment?" }).getByRole("button", { name: "Release 450.00" }).click();
  await expect(notice(page)).toContainText("Approved: 450.00");

  await context.clearCookies();
  await signIn(context, worker, baseURL!);
  await page.goto("/work");
  await expect(page.getByRole("img", { name: "Proof score of each job" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Proof score" })).toContainText("Correctness93");
  await expect(page.getByRole("region", { name: "Coaching" })).toContainText("Say how long the fixtures took.");
  await expect(figure(page, "Proof average")).toContainText("91");
});

test("a worker sees what came in, day by day, and why jobs are recommended", { tag: "@narrow" }, async ({ page, join, signedIn }) => {
  const poster = await (await join("Larkin")).deposit(2_000);
  // A kind of work that no other test asks for: only the newest jobs are shown.
  const worker = await (await signedIn("Ferrous")).profile(["finance"]);
  const done = await finished(poster, worker, "Describe the invoice format", { category: "finance" });
  const match = await poster.post(`Reconcile the freight of ${poster.email}`, { category: "finance" });
  await page.goto("/work");
  await expect(figure(page, "Paid, 30 days")).toContainText("450.00");
  const earnings = page.getByRole("region", { name: "Earnings" });
  const chart = earnings.getByRole("img", { name: "Earnings per day, USD" });
  await expect(chart).toHaveAccessibleDescription(/^1 payment; the highest day, from \d+ \w+, 450.00; the last day 450.00\.$/);
  await earnings.getByText("Show as a table").click();
  const values = earnings.getByRole("table", { name: "Earnings per day, USD" });
  await expect(values.getByRole("row")).toHaveCount(31);
  await expect(values.getByRole("row").nth(1)).toContainText("450.00");

  const periods = earnings.getByRole("navigation", { name: "Period" });
  for (const [days, bars] of [[365, 53], [90, 13]] as const) {
    await periods.getByRole("link", { name: `${days} days` }).click();
    await expect(page).toHaveURL(`/work?period=${days}#earnings`);
    await expect(earnings.getByRole("img", { name: "Earnings per week, USD" })).toBeVisible();
    await earnings.getByText("Show as a table").click();
    await expect(earnings.getByRole("table").getByRole("row")).toHaveCount(bars + 1);
    await expect(periods.getByRole("link", { name: `${days} days` })).toHaveAttribute("aria-current", "true");
  }

  await expect(row(page, match.title)).toContainText(/1 job finished in finance; its budget .* your usual 450\.00; 1 of 1 job on time; posted within a day/);
  await worker.apply(match);
  await page.reload();
  await expect(page.getByRole("region", { name: "Recommended" })).not.toContainText(match.title);
  await expect(page.getByRole("region", { name: "Finished" })).toContainText(done.title);
});

test("payments that cool down and jobs at hand say how long and whose move", async ({ page, join, signedIn }) => {
  const poster = await (await join("Larkin")).deposit(4_000);
  const worker = await (await signedIn("Ferrous")).profile(["coding"]);
  await poster.hire(worker, "Write a fuzzer");
  const again = await poster.hire(worker, "Port the fixtures");
  await worker.deliver(again);
  await poster.revise(again);
  await page.goto("/work");
  const active = page.getByRole("region", { name: "Active jobs" });
  await expect(active).toContainText("2, all your move");
  await expect(row(active, "Port the fixtures")).toContainText("You: deliver version 2");
  await expect(row(active, "Write a fuzzer")).toContainText("You: deliver");

  for (let n = 1; n <= 9; n += 1) {
    const job = await poster.post(`Small thing ${n}`);
    await poster.accept(job, await worker.apply(job, 1_000));
  }
  await page.reload();
  await expect(active).toContainText("11, 2 are your move");
  const pager = active.getByRole("navigation", { name: "Pages of active jobs" });
  await expect(pager).toContainText("1–10 of 11");
  await pager.getByRole("link", { name: "Next" }).click();
  await expect(active.locator("tbody tr")).toHaveCount(1);

  await worker.deliver(again);
  await poster.approve(again);
  await page.goto("/work");
  const releases = page.getByRole("region", { name: "Pending releases" });
  // The cooldown of this server is two seconds: it is here, or over already.
  await expect(releases).toContainText(/Port the fixtures.*450\.00.*Total, USD450\.00|Nothing is cooling down\./);
});

test("the events are the very lines that programs get", async ({ page, join, signedIn }) => {
  const poster = await (await join("Larkin")).deposit(1_000);
  const worker = await (await signedIn("Ferrous")).profile(["coding"]);
  const job = await poster.hire(worker, "Write a fuzzer");
  await page.goto("/work");
  const events = page.getByRole("region", { name: "Events" });
  const funded = events.getByRole("listitem").filter({ hasText: "application.update" }).first();
  await funded.locator("summary").click();
  const told = JSON.parse(await funded.locator("pre").innerText());
  expect(told).toMatchObject({ type: "application.update", job_id: job.id, status: "funded" });
});

test("both dashboards change while somebody looks, and what was opened stays open", { tag: "@script" }, async ({ page, browser, baseURL, join, signedIn }) => {
  const poster = await (await join("Larkin")).deposit(1_000);
  const worker = await (await signedIn("Ferrous")).profile(["support"]);
  const theirs = await browserOf(browser, poster, baseURL!);
  const job = await poster.post("Answer forty letters", { category: "support" });
  await page.goto("/work");
  await theirs.page.goto("/hire");
  const events = page.getByRole("region", { name: "Events" });
  const posted = events.getByRole("listitem").filter({ hasText: "job.available" }).filter({ hasText: job.id });
  await posted.locator("summary").click();
  await expect(posted.locator("pre")).toBeVisible();

  const offer = await worker.apply(job, 45_000);
  await expect(needs(theirs.page).getByRole("link", { name: "Choose: Answer forty letters" })).toBeVisible();
  await poster.accept(job, offer);
  await poster.fund(job, offer);
  await expect(row(page.getByRole("region", { name: "Active jobs" }), "Answer forty letters")).toContainText("You: deliver");
  await expect(events.getByRole("listitem").filter({ hasText: "application.update" }).first()).toContainText(job.id);
  await expect(posted.locator("pre"), "it was being read").toBeVisible();
  await theirs.context.close();
});

test("the ledger is narrowed by what moved and when", async ({ page, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(1_000);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  await poster.hire(worker, "Write a fuzzer");
  await page.goto("/wallet");
  const lines = page.getByRole("table", { name: /available balance/ }).locator("tbody tr");
  await expect(lines).toHaveCount(2);
  await page.getByRole("combobox", { name: "What moved" }).selectOption("Held");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText("Write a fuzzer");
  await page.getByRole("combobox", { name: "Month" }).selectOption({ index: 2 });
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("No line matches")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(lines).toHaveCount(2);
});
