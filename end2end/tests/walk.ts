import { type Browser, expect, type Page, test } from "@playwright/test";
import { type Job, Member } from "../support/api.ts";
import { browserOf, confirmed, notice } from "../support/pages.ts";
import { give, MENDED, PROOFED, REPORT, RUBRIC, row, verdictForm } from "../support/reviews.ts";

// Not a test of the suite: SCREENS=walk tools/e2e walks three stories in the browsers of five people, and draws what each of them is
// told. Nobody opens the job to learn that it is their move: each goes where the notification leads.
const folder = "results/walk";

type Person = { member: Member; page: Page };
let pictures = 0;

async function person(browser: Browser, baseURL: string, name: string, kinds?: string[]): Promise<Person> {
  const member = await Member.join(baseURL, name);
  if (kinds) await member.profile(kinds);
  const { page } = await browserOf(browser, member, baseURL);
  return { member, page };
}

async function draw({ member, page }: Person, what: string) {
  pictures += 1;
  const name = `${String(pictures).padStart(2, "0")}-${member.name.toLowerCase()}-${what}`;
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true, animations: "disabled", caret: "hide" });
}

/** Finds the notification with this sentence, and follows it to the job. A worker of the server writes it soon after the act. */
async function led(who: Person, sentence: RegExp, what: string) {
  const told = who.page.getByRole("row").filter({ hasText: sentence }).first();
  await expect(async () => {
    await who.page.goto("/notifications");
    await expect(told).toBeVisible({ timeout: 250 });
  }).toPass({ timeout: 15_000 });
  await draw(who, `${what}-told`);
  await told.getByRole("link").first().click();
  await expect(who.page).toHaveURL(/\/jobs\//);
  await draw(who, what);
}

/** Posts a job and brings an applicant to it; answers with the job. */
async function posted(poster: Person, worker: Person, more: object = {}): Promise<Job> {
  const job = await poster.member.post("Rewrite the invoice parser as a grammar", more);
  await worker.member.apply(job);
  await led(poster, /applied/, "applied");
  await poster.page.getByRole("link", { name: /Compare|Choose|Look/ }).or(poster.page.getByRole("link", { name: worker.member.name })).first().click();
  return job;
}

async function hired(poster: Person, worker: Person, job: Job) {
  const all = await poster.member.call("GET", `/api/agent/jobs/${job.id}/applications`);
  const offer: string = (all.applications ?? all)[0].id;
  await poster.page.goto(`/jobs/${job.id}?pick=${offer}`);
  await confirmed(poster.page, "Accept and fund 472.50");
  await expect(notice(poster.page)).toContainText("472.50 is held in escrow");
  await draw(poster, "funded");
  await led(worker, /accepted|deliver|begin/i, "hired");
}

async function deliver(worker: Person, text: string) {
  await worker.page.getByRole("textbox", { name: "The work" }).fill(text);
  await confirmed(worker.page, "Deliver");
  await draw(worker, "delivered");
}

async function judge(who: Person, job: Job, verdict: string, asked?: string) {
  await who.page.goto(`/jobs/${job.id}/review`);
  await draw(who, "review");
  const form = verdictForm(who.page);
  for (const { name, weight } of RUBRIC) await form.getByLabel(`${name} weight ${weight}`).fill(verdict === "Approve" ? "92" : "70");
  await form.getByText(verdict, { exact: true }).first().click();
  if (asked) await row(who.page, 0).getByLabel("Description").fill(asked);
  await form.getByLabel("Summary for the poster").fill("Read twice, and run once.");
  await give(who.page);
  await draw(who, "judged");
}

test.describe.configure({ timeout: 240_000 });

test("reviewed: sent back once, approved by proofers, released", async ({ browser, baseURL }) => {
  const poster = await person(browser, baseURL!, "Larkin");
  const worker = await person(browser, baseURL!, "Ada", ["coding"]);
  const proofers = await Promise.all(["Quill", "Orla", "Tern"].map((name) => person(browser, baseURL!, name, ["testing"])));
  await poster.member.deposit(1_000);
  const job = await posted(poster, worker, PROOFED);
  await hired(poster, worker, job);
  await deliver(worker, REPORT);
  await led(poster, /proofers are sought|Choose its proofers/, "choose");
  for (const { member } of proofers) await member.apply(job, 45_000, "I proofed four parsers this month.");
  await led(poster, /A proofer applied/, "proofers");
  for (const { member } of proofers) {
    await poster.page.getByRole("button", { name: `Accept ${member.name} as a proofer` }).click();
    await expect(notice(poster.page)).toContainText("seats are taken");
  }
  await draw(poster, "seats");
  await confirmed(poster.page, "Fund 36.00");
  for (const proofer of proofers) await led(proofer, /You have a seat/, "seat");
  for (const proofer of proofers) await judge(proofer, job, "Needs revision", "Two fixtures still differ.");
  await led(worker, /decided on your work|deliver/i, "revise");
  await deliver(worker, MENDED);
  for (const proofer of proofers) await led(proofer, /You have a seat/, "seat-again");
  for (const proofer of proofers) await judge(proofer, job, "Approve");
  await led(poster, /approved the work/, "release");
  await confirmed(poster.page, "Release 450.00");
  await expect.poll(() => poster.member.status(job)).toBe("completed");
  await led(worker, /were paid into your wallet/, "paid");
  await poster.page.goto(`/jobs/${job.id}`);
  await draw(poster, "completed");
  await worker.page.goto("/wallet");
  await draw(worker, "wallet");
});

test("rejected: the worker objects, and an admin rules", async ({ browser, baseURL }) => {
  const poster = await person(browser, baseURL!, "Larkin");
  const worker = await person(browser, baseURL!, "Ada", ["coding"]);
  const admin = await person(browser, baseURL!, "Judith");
  admin.member.promoted();
  await poster.member.deposit(1_000);
  const job = await posted(poster, worker);
  await hired(poster, worker, job);
  await deliver(worker, REPORT);
  await led(poster, /Approve it, request a revision, or reject it/, "judge");
  await poster.page.getByRole("button", { name: "Reject", exact: true }).click();
  await draw(poster, "reject-question");
  await poster.member.reject(job);
  await led(worker, /rejected your work/, "rejected");
  await worker.member.dispute(job, "The brief asks for times on one machine. They are in version 1.");
  await led(admin, /waits for your ruling/, "rule");
  await admin.page.goto(`/jobs/${job.id}/dispute`);
  await draw(admin, "case");
  await admin.page.goto("/admin");
  await draw(admin, "console");
  const { id } = await admin.member.call("GET", `/api/jobs/${job.id}/dispute`);
  await admin.member.call("POST", `/api/disputes/${id}/resolve`, { ruling: "release", reason: "The brief says so." });
  await led(worker, /ruled on/, "ruled");
  await led(poster, /ruled on/, "ruled");
});

test("without proofers: the poster asks once for changes, approves, both rate", async ({ browser, baseURL }) => {
  const poster = await person(browser, baseURL!, "Larkin");
  const worker = await person(browser, baseURL!, "Ada", ["coding"]);
  await poster.member.deposit(1_000);
  const job = await posted(poster, worker);
  await hired(poster, worker, job);
  await deliver(worker, REPORT);
  await led(poster, /Approve it, request a revision, or reject it/, "judge");
  await poster.member.revise(job);
  await led(worker, /revision|changes/i, "revise");
  await worker.member.say(job, "Which machine are the times of?");
  await led(poster, /New message/, "message");
  await worker.page.goto(`/jobs/${job.id}`);
  await deliver(worker, MENDED);
  await led(poster, /Approve it, request a revision, or reject it/, "judge-again");
  await poster.member.approve(job);
  await led(worker, /was approved|were paid/, "approved");
  await expect.poll(() => poster.member.status(job)).toBe("completed");
  await worker.member.rate(job, 5, "Clear, and quick to answer.");
  await led(poster, /rated you/, "rated");
});
