import { expect, type BrowserContext, type Page } from "@playwright/test";
import type { Job, Member } from "../../support/api.ts";
import { barriers, headings, overflow, unreachable } from "../../support/checks.ts";
import { text } from "../../support/files.ts";
import { awake, complaints, figure, notice, signIn } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

const TITLE = "Parse invoices with a grammar";
const at = (job: Job, more = "") => `/jobs/${job.id}${more}`;

async function delivered(poster: Member, worker: Member, title = TITLE, more: object = {}) {
  const job = await poster.hire(worker, title, more);
  await worker.deliver(job);
  return job;
}

async function finished(poster: Member, worker: Member) {
  const job = await delivered(poster, worker);
  await poster.approve(job);
  await expect.poll(() => poster.status(job), "the release timer fires").toBe("completed");
  return job;
}

/** Signs another member in on the same browser. */
async function become(context: BrowserContext, member: Member, baseURL: string) {
  await context.clearCookies();
  await signIn(context, member, baseURL);
}

const move = (page: Page) => page.locator(".move");
const messages = (page: Page) => page.getByRole("region", { name: "Messages" });
const ratings = (page: Page) => page.getByRole("region", { name: "Ratings" });

test("a dispute, from opening it to an admin's split", { tag: "@narrow" }, async ({ page, context, baseURL, join, signedIn }) => {
  test.slow();
  const poster = await (await signedIn("Larkin")).deposit(1_000);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const title = `Parse the invoices of ${poster.email}`;
  const job = await poster.hire(worker, title);
  await worker.deliver(job, "# Result\n\n210 of 212 fixtures are equal.");

  await test.step("the poster reads the rules, then opens it", async () => {
    await page.goto(at(job));
    await page.getByRole("link", { name: "Open a dispute" }).click();
    await expect(page).toHaveURL(at(job, "/dispute"));
    await expect(page.getByRole("link", { name: title }), "the way back").toHaveAttribute("href", at(job));
    await expect(page.getByRole("region", { name: "How it is settled" })).toContainText("whoever opened the dispute can take it back", { ignoreCase: true });
    await page.getByRole("textbox", { name: "Statement" }).fill("no");
    await page.getByRole("textbox", { name: "Evidence" }).fill("Lines 14 and 90 of the log.");
    await page.getByRole("button", { name: "Open the dispute" }).click();
    const question = page.getByRole("dialog", { name: "Open this dispute?" });
    await expect(question).toContainText("472.50 stays held until it is settled. Ferrous is asked to answer");
    await question.getByRole("button", { name: "Open the dispute" }).click();
    await expect(notice(page)).toContainText("Nothing was saved: one field needs a change.");
    await expect(page.getByRole("textbox", { name: "Statement" })).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByRole("textbox", { name: "Evidence" }), "what was typed is kept").toHaveValue("Lines 14 and 90 of the log.");
    await page.getByRole("textbox", { name: "Statement" }).fill("Two fixtures still differ, and the worker won’t mend them.");
    await page.getByRole("button", { name: "Open the dispute" }).click();
    await question.getByRole("button", { name: "Open the dispute" }).click();
    await expect(notice(page)).toContainText("The dispute is open.");
    expect(await poster.status(job)).toBe("disputed");
    await expect(page.getByRole("region", { name: "What both sides say" })).toContainText("won’t mend them.");
    await expect(page.getByRole("list", { name: /^Evidence/ })).toContainText("Lines 14 and 90 of the log.");
    await expect(move(page)).toContainText("Ferrous may answer");
    await expect(move(page)).toContainText("then all that is held goes back to Larkin");
  });

  await test.step("the worker answers and shows evidence", async () => {
    await become(context, worker, baseURL!);
    await page.goto(at(job));
    await expect(move(page)).toContainText("Your move: answer the dispute");
    await move(page).getByRole("link", { name: "Answer the dispute" }).click();
    await expect(move(page)).toContainText("Your move: answer the dispute");
    await page.getByRole("textbox", { name: "Statement" }).fill("Nobody reads the field that differs.");
    await page.getByRole("button", { name: "Answer" }).click();
    await page.getByRole("dialog", { name: "Give this answer?" }).getByRole("button", { name: "Give the answer" }).click();
    await expect(notice(page)).toContainText("Your answer is in.");
    await expect(page.getByRole("heading", { name: "Your answer" })).toBeHidden();
    await expect(move(page)).toContainText("then 225.00 goes to Ferrous, and the rest back to Larkin");
    await page.getByText("Add evidence", { exact: true }).click();
    await page.getByRole("button", { name: "Show it" }).click();
    await expect(notice(page)).toContainText("Evidence");
    await page.getByRole("textbox", { name: "Evidence" }).fill("Section 2 of the brief.");
    await page.getByRole("button", { name: "Show it" }).click();
    const shown = page.getByRole("list", { name: /^Evidence/ }).getByRole("listitem");
    await expect(shown).toHaveCount(2);
    await page.getByLabel("A file of yours").setInputFiles(text("compared.csv", "fixture,equal\n7,no\n"));
    await page.getByRole("button", { name: "Upload evidence" }).click();
    await expect(shown).toHaveCount(3);
    await expect(shown.last().getByRole("link", { name: "compared.csv" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Withdraw it" }), "only its opener can").toBeHidden();
    await page.goto("/disputes");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not allowed");
    await expect(page.getByRole("link", { name: "Disputes" })).toHaveCount(0);
  });

  await test.step("an admin reads both and splits", async () => {
    await become(context, (await join("Warden")).promoted(), baseURL!);
    await page.goto("/disputes");
    await expect(page.locator("a[href='/disputes']").first()).toHaveText(/^Disputes/);
    await page.getByRole("link", { name: title }).click();
    await expect(move(page)).toContainText("Your move: rule");
    await expect(page.getByRole("region", { name: "Brief" })).toContainText("All 212 fixtures");
    await expect(page.getByRole("region", { name: "Work" })).toContainText("210 of 212 fixtures are equal.");
    await expect(page.getByRole("region", { name: "Work" }).getByRole("heading", { name: "Result" }), "drawn as its poster saw it").toBeVisible();
    const rule = page.getByRole("region", { name: "Your ruling" });
    const question = page.getByRole("dialog", { name: "Rule on this dispute?" });
    await expect(rule.getByLabel("The worker’s share"), "there is one in a split alone").toBeHidden();
    await rule.getByRole("radio", { name: "Split it: a part to each" }).check();
    await rule.getByLabel("The worker’s share").fill("450.00");
    await rule.getByLabel("Reason").fill("A third of it is of use to the poster.");
    await rule.getByRole("button", { name: "Rule", exact: true }).first().click();
    await question.getByRole("button", { name: "Rule", exact: true }).click();
    await expect(notice(page)).toContainText("The worker’s share");
    await expect(rule.getByRole("radio", { name: "Split it: a part to each" }), "what was chosen is kept").toBeChecked();
    await rule.getByLabel("The worker’s share").fill("150.00");
    await rule.getByRole("button", { name: "Rule", exact: true }).first().click();
    const scripted = await page.evaluate(() => "__hydrateIsland" in window);
    if (scripted) await expect(question).toContainText("150.00 to Ferrous, 300.00 back to Larkin.");
    await question.getByRole("button", { name: "Rule", exact: true }).click();
    await expect(notice(page)).toHaveText("You ruled. 150.00 of 450.00 went to Ferrous, and the rest back to Larkin.");
    await page.goto("/disputes?status=resolved");
    await expect(page.getByRole("row").filter({ hasText: title })).toBeVisible();
  });

  await test.step("both sides read it, and the money has moved", async () => {
    await become(context, poster, baseURL!);
    await page.goto(at(job, "/dispute"));
    const ruling = page.getByRole("region", { name: "Ruling" });
    await expect(ruling).toContainText("An admin of this server");
    await expect(ruling).toContainText("A third of it is of use to the poster.");
    await page.goto(at(job));
    await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Ruled: split");
    await page.getByRole("link", { name: "The dispute and how it ended" }).click();
    await expect(page).toHaveURL(at(job, "/dispute"));
    await page.goto("/wallet");
    // 1,000 less the share and the fee on it.
    await expect(figure(page, "Available")).toContainText("842.50");
  });
});

test("whoever opened a dispute can take it back, and is told what that means", async ({ page, join, signedIn }) => {
  const poster = await (await join("Larkin")).deposit(1_000);
  const worker = await (await signedIn("Ferrous")).profile(["coding"]);
  const job = await delivered(poster, worker);
  await worker.dispute(job, "Nobody looks at what I handed in.");
  await page.goto(at(job, "/dispute"));
  await expect(move(page)).toContainText("then 450.00 goes to Ferrous");
  await page.getByRole("button", { name: "Withdraw it" }).click();
  const question = page.getByRole("dialog", { name: "Withdraw the dispute?" });
  await expect(question).toContainText("The delivery waits for the poster’s word again.");
  await question.getByRole("button", { name: "Withdraw it" }).click();
  await expect(notice(page)).toHaveText("You withdrew the dispute.");
  expect(await poster.status(job)).toBe("delivered");
  await page.goto(at(job, "/dispute"));
  await expect(move(page)).toContainText("Ferrous withdrew the dispute before its ruling.");
  await expect(page.getByRole("button", { name: "Open the dispute" }).first(), "another one can be opened").toBeVisible();
});

test("there is no dispute where no money is held, and none for strangers", async ({ page, context, baseURL, join, signedIn }) => {
  const poster = await signedIn("Larkin");
  const job = await poster.post(TITLE);
  await page.goto(at(job));
  await expect(page.getByRole("link", { name: "Open a dispute" })).toHaveCount(0);
  await page.goto(at(job, "/dispute"));
  await expect(page.getByText("No money is held yet, so there is nothing to rule on.")).toBeVisible();
  await become(context, await join("Orla"), baseURL!);
  expect((await page.goto(at(job, "/dispute")))!.status()).toBe(404);
});

test("poster and worker write to each other", { tag: "@narrow" }, async ({ page, context, baseURL, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(1_000);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const open = await poster.post("Nobody is chosen yet");
  await page.goto(at(open));
  await expect(messages(page)).toBeHidden();

  const job = await poster.hire(worker, TITLE);
  await page.goto(at(job));
  await messages(page).getByText("Write a message").click();
  await messages(page).getByRole("button", { name: "Send" }).click();
  await expect(notice(page)).toContainText("Nothing was saved: one field needs a change.");
  await messages(page).getByRole("textbox", { name: "Message" }).fill("Does the grammar know credit notes?\nThere are four.");
  await messages(page).getByRole("button", { name: "Send" }).click();
  await expect(notice(page)).toHaveText("Your message is sent.");
  await expect(messages(page).getByRole("listitem")).toContainText(/Larkin you, .*Does the grammar know credit notes\?/);

  await become(context, worker, baseURL!);
  await page.goto(at(job));
  await expect(messages(page).getByRole("listitem")).toContainText(/Larkin poster, /);
  await messages(page).getByRole("textbox", { name: "Message" }).fill("It does.");
  await messages(page).getByRole("button", { name: "Send" }).click();
  await expect(messages(page).getByRole("listitem").first(), "the newest first").toContainText("It does.");

  // A worker of the server writes the notification soon after the message.
  await become(context, poster, baseURL!);
  const parts = page.getByRole("navigation", { name: "Parts of the page" });
  await expect(async () => {
    await page.goto(at(job));
    await expect(parts.getByRole("link", { name: "Messages 1 new" })).toBeVisible({ timeout: 250 });
  }).toPass();
  await parts.getByRole("link", { name: "Messages 1 new" }).click();
  await expect(page.getByRole("heading", { name: "Messages" })).toBeInViewport();
  await expect(messages(page).getByRole("listitem").filter({ hasText: "New" })).toContainText("It does.");
  await messages(page).getByRole("button", { name: "Mark as read" }).click();
  await expect(notice(page)).toHaveText("The messages are marked as read.");
  await expect(parts.getByRole("link", { name: "Messages 2" })).toBeVisible();

  for (let n = 1; n <= 20; n += 1) await worker.say(job, `Fixture ${n} parses.`);
  await page.goto(at(job));
  const pager = messages(page).getByRole("navigation", { name: "Pages of messages" });
  await expect(pager).toContainText("1–20 of 22");
  await pager.getByRole("link", { name: "Next" }).click();
  await expect(messages(page).getByRole("listitem").last()).toContainText("There are four.");
});

test("a proofer hears nothing before the verdict, and everything after it", async ({ page, context, baseURL, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(1_000);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const proofers = [await (await join("Aiko")).profile(["testing"]), await (await join("Bo")).profile(["testing"])];
  const job = await delivered(poster, worker, TITLE, { proof_required: true, proofer_count: 2, proof_fee: 1_800 });
  for (const proofer of proofers) {
    const seat = await proofer.apply(job, 1_800);
    await poster.call("POST", at(job, "/accept-proofer").replace("/jobs", "/api/jobs"), { applicationId: seat });
  }
  await poster.call("POST", `/api/jobs/${job.id}/fund-proof-escrow`, {});
  await worker.say(job, "The fixtures are under version 1.");
  await become(context, proofers[0]!, baseURL!);
  await page.goto(at(job));
  await expect(messages(page)).toContainText("until your own verdict is in, you hear nothing");
  await expect(page.getByText("The fixtures are under version 1.")).toHaveCount(0);
  await proofers[0]!.call("POST", `/api/jobs/${job.id}/proofs`, { verdict: "approve", score: 90, summary: "It parses." });
  await page.goto(at(job));
  await expect(messages(page).getByRole("listitem")).toContainText("The worker worker, ");
  await messages(page).getByRole("textbox", { name: "Message" }).fill("Which of them is the longest?");
  await messages(page).getByRole("button", { name: "Send" }).click();
  await become(context, worker, baseURL!);
  await page.goto(at(job));
  await expect(messages(page), "not before the proofers have decided").not.toContainText("Which of them is the longest?");
  await proofers[1]!.call("POST", `/api/jobs/${job.id}/proofs`, { verdict: "approve", score: 80, summary: "It does." });
  await page.goto(at(job));
  await expect(messages(page).getByRole("listitem").first()).toContainText("A proofer");
  await expect(messages(page)).not.toContainText("Aiko");
});

test("ratings are hidden until both sides have rated", { tag: "@narrow" }, async ({ page, context, baseURL, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(1_000);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const job = await finished(poster, worker);
  await page.goto(at(job));
  await move(page).getByRole("link", { name: "Rate Ferrous" }).click();
  await expect(page).toHaveURL(/#ratings$/);
  await expect(ratings(page)).toContainText(/What you both say is hidden until both have rated, or \d+ \w+\./);
  await ratings(page).getByLabel("In words").fill("Clear and quick.");
  await ratings(page).getByRole("button", { name: "Rate" }).click();
  await expect(notice(page)).toContainText("Stars");
  await expect(ratings(page).getByLabel("In words"), "what was typed is kept").toHaveValue("Clear and quick.");
  await ratings(page).getByRole("radio", { name: "4 stars" }).check();
  await ratings(page).getByRole("button", { name: "Rate" }).click();
  await expect(notice(page)).toHaveText("You gave 4 of 5.");
  await expect(ratings(page)).toContainText("What Ferrous says of you is hidden until both have rated");
  await expect(ratings(page).getByRole("radio")).toHaveCount(0);
  await expect(move(page).getByRole("link", { name: "Rate Ferrous" }), "it is done").toHaveCount(0);

  await become(context, worker, baseURL!);
  await page.goto(at(job));
  await expect(ratings(page)).not.toContainText("Clear and quick.");
  await ratings(page).getByRole("radio", { name: "5 stars, the best" }).check();
  await ratings(page).getByRole("button", { name: "Rate" }).click();
  await expect(notice(page)).toHaveText("You gave 5 of 5. Both of you can read both now.");
  await expect(ratings(page).getByRole("listitem").first()).toContainText("4 of 5");
  await expect(ratings(page)).toContainText("Clear and quick.");
});

test("these pages are free of barriers, in each width, light and dark", { tag: "@script" }, async ({ page, context, baseURL, join, signedIn }) => {
  test.slow();
  const poster = await (await signedIn("Larkin")).deposit(3_000);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const admin = (await join("Warden")).promoted();
  const job = await delivered(poster, worker);
  const done = await finished(poster, worker);
  const ruled = await delivered(poster, worker);
  const calm = await delivered(poster, worker);
  await poster.say(job, "Does the grammar know credit notes?");
  await worker.rate(done, 5, "Clear and quick.");
  await poster.dispute(job);
  const { id } = await poster.dispute(ruled);
  await worker.answer(ruled);
  await admin.call("POST", `/api/disputes/${id}/resolve`, { ruling: "release", reason: "The brief says so." });
  const heard = complaints(page);
  const pages: [Member, string][] = [
    [poster, at(job)],
    [poster, at(done)],
    [poster, at(calm, "/dispute")],
    [poster, at(job, "/dispute")],
    [poster, at(ruled, "/dispute")],
    [worker, at(job, "/dispute")],
    [admin, at(job, "/dispute")],
    [admin, "/disputes"],
    [admin, "/disputes?status=conceded"],
  ];
  let before: Member | undefined;
  for (const [who, path] of pages) {
    if (who !== before) await become(context, who, baseURL!);
    before = who;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(path);
    await awake(page);
    await headings(page);
    expect.soft(await barriers(page), path).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect.soft(await barriers(page), `${path}, dark`).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
    for (const width of [390, 768, 1024]) expect.soft(await overflow(page, width), path).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    expect.soft(await unreachable(page), path).toEqual([]);
  }
  // A page that is left hangs up on its events.
  expect(heard.filter((line) => !/^failed: .*\/events\b.* net::ERR_ABORTED$/.test(line))).toEqual([]);
});
