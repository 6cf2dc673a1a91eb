import { type Browser, expect, type Page } from "@playwright/test";
import { type Job, Member } from "../../support/api.ts";
import { awake, browserOf, confirmed, figure, notice } from "../../support/pages.ts";
import { at, give, judge, MENDED, part, REPORT, row, seeking, TITLE, verdictForm } from "../../support/reviews.ts";
import { test } from "../../support/test.ts";

async function person(browser: Browser, baseURL: string, name: string, kinds?: string[]) {
  const member = await Member.join(baseURL, name);
  if (kinds) await member.profile(kinds);
  const { page } = await browserOf(browser, member, baseURL);
  return { member, page };
}

/** Posts a job that three proofers are to judge, and returns its address. */
async function post(page: Page) {
  await page.goto("/jobs/new");
  await page.getByLabel("Title").fill(TITLE);
  await page.getByLabel("Brief").fill("All 212 fixtures must parse to the same rows.");
  await page.getByRole("checkbox", { name: "Confidential" }).check();
  await page.getByLabel("Category").selectOption("Coding");
  await page.getByLabel("Budget").fill("480");
  await expect(page.getByLabel("Proofers", { exact: true })).toBeHidden();
  await page.getByRole("checkbox", { name: "Ask for proofers" }).check();
  await page.getByLabel("Proofers", { exact: true }).fill("3");
  await page.getByLabel(/^Fee/).fill("12");
  for (const [i, [name, weight]] of [["Correctness", "70"], ["Clarity", "30"]].entries()) {
    // A row appears when the one before it is in use.
    await expect(page.getByLabel(`Name of section ${i + 2}`, { exact: true })).toBeHidden();
    await page.getByLabel(`Name of section ${i + 1}`, { exact: true }).fill(name!);
    await page.getByLabel(`Weight of section ${i + 1}`, { exact: true }).fill(weight!);
  }
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(notice(page)).toHaveText("Posted. Agents and people can apply now.");
  await expect(part(page, "Proofing")).toContainText("3 proofers, 12.00 each, 36.00 a round");
  await expect(page.getByRole("table", { name: "What proofers score" }).getByRole("row")).toHaveText([/Section/, /Correctness.*70/, /Clarity.*30/]);
  return new URL(page.url()).pathname;
}

async function applyToProof(page: Page, path: string, letter: string) {
  await page.goto("/proofing");
  await expect(page.getByRole("table", { name: "Jobs that look for proofers" })).toBeVisible();
  // Other tests' jobs wait longer and stand before it.
  await page.goto(path);
  await page.getByRole("button", { name: "Agree and read the brief" }).click();
  await expect(part(page, "Apply to proof it")).toContainText("12.00 is yours for a verdict within 2 days");
  await page.getByLabel("Why you").fill(letter);
  await page.getByRole("button", { name: "Apply for 12.00" }).click();
  await expect(notice(page)).toHaveText("You applied to proof it for 12.00. You hear when the poster chooses.");
  await expect(page.locator(".move")).toContainText("You have applied to proof the work.");
}

/** Chooses whoever applied, and pays for the round. */
async function chooseAll(page: Page, job: string) {
  await page.goto(job);
  await expect(page.locator(".move")).toContainText("Your move: choose 3 proofers");
  await expect(page.locator(".move")).toContainText("3 have applied.");
  await expect(part(page, "Work").getByRole("heading", { name: "Results" }), "markdown is laid out here too").toBeVisible();
  await page.getByRole("link", { name: "Choose proofers" }).click();
  for (const [i, name] of ["Quill", "Orla", "Tern"].entries()) {
    await part(page, "Proofing").getByRole("button", { name: `Accept ${name} as a proofer` }).click();
    await expect(notice(page)).toContainText(`${i + 1} of 3 seats are taken.`);
  }
  const section = part(page, "Proofing");
  await expect(section).toContainText(/Proof, 3 × 12\.00\s*36\.00/);
  await expect(section).toContainText("another round with the same proofers costs the same again");
  await confirmed(page, "Fund 36.00");
  await expect(notice(page)).toContainText("The fees are held and the review has begun.");
}

type Written = { scores: [string, string]; verdict: string; items?: [string, string, string][]; coaching?: string };

async function write(page: Page, job: string, { scores, verdict, items = [], coaching }: Written) {
  await page.goto(`${job}/review`);
  const form = verdictForm(page);
  await form.getByLabel("Correctness weight 70").fill(scores[0]);
  await form.getByLabel("Clarity weight 30").fill(scores[1]);
  await form.getByText(verdict, { exact: true }).first().click();
  for (const [i, [category, priority, description]] of items.entries()) {
    await row(page, i).getByLabel("Category").fill(category);
    await row(page, i).getByLabel("Priority").selectOption(priority);
    await row(page, i).getByLabel("Description").fill(description);
  }
  await form.getByLabel("Summary for the poster").fill("Read twice, and run once.");
  if (coaching) await form.getByLabel("Coaching for the worker").fill(coaching);
}

test("a job is posted, proofed, sent back, mended, proofed again and paid, all in browsers", { tag: "@narrow" }, async ({ browser, baseURL }) => {
  test.setTimeout(180_000); // Some eighty pages of five people.
  const poster = await person(browser, baseURL!, "Larkin");
  const worker = await person(browser, baseURL!, "Ada", ["coding"]);
  const proofers = await Promise.all(["Quill", "Orla", "Tern"].map((name) => person(browser, baseURL!, name, ["testing"])));
  await poster.member.deposit(600);

  const path = await test.step("a job is posted that asks for three proofers", () => post(poster.page));
  const job = { id: path.split("/").pop()! } as Job;
  await test.step("the work is handed in", async () => {
    const offer = await worker.member.apply(job, 45_000);
    await poster.member.accept(job, offer);
    await poster.member.fund(job, offer);
    await worker.page.goto(path);
    await worker.page.getByRole("textbox", { name: "The work" }).fill(REPORT);
    await confirmed(worker.page, "Deliver");
    await expect(notice(worker.page)).toHaveText("Version 1 is delivered. The poster chooses who proofs it.");
    await expect(worker.page.locator(".move")).toContainText("The poster’s move");
  });
  await test.step("three apply to proof it", async () => {
    for (const { page } of proofers) await applyToProof(page, path, "I proofed four parsers this month.");
  });
  await test.step("the poster chooses them and pays for the round", () => chooseAll(poster.page, path));
  await test.step("who is blind reads nothing of the others", async () => {
    const { page } = proofers[0]!;
    await page.goto("/proofing");
    await expect(page.getByRole("table", { name: "Your reviews" })).toContainText(/Verdict due.*12\.00/);
    await page.getByRole("link", { name: `Review: ${TITLE}, round 1` }).click();
    await expect(page.getByText("Blind review")).toBeVisible();
    await expect(part(page, "Brief")).toContainText("Blind: you see only your own assignment until your verdict is in.");
    await expect(part(page, "Deliverable, version 1").getByRole("heading", { name: "Results" })).toBeVisible();
  });
  await test.step("two ask for changes, one approves", async () => {
    const wrong: [string, string, string][] = [["tests", "High", "Two fixtures still differ."], ["docs", "Low", "Say how to add a carrier."]];
    await write(proofers[0]!.page, path, { scores: ["70", "90"], verdict: "Needs revision", items: wrong, coaching: "Run all fixtures before you deliver." });
    await give(proofers[0]!.page);
    await expect(part(proofers[0]!.page, "Verdicts")).toContainText("1 of 3 are in");
    await expect(part(proofers[0]!.page, "Verdicts")).toContainText(/Quill, you.*Needs revision.*76/);
    await write(proofers[1]!.page, path, { scores: ["60", "80"], verdict: "Needs revision", items: wrong.slice(0, 1) });
    await give(proofers[1]!.page);
    await expect(part(proofers[1]!.page, "Verdicts")).toContainText(/Quill.*Needs revision.*76/);
    await poster.page.goto(path);
    await expect(poster.page.locator(".move")).toContainText("2 of 3 verdicts are in.");
    await write(proofers[2]!.page, path, { scores: ["90", "90"], verdict: "Approve" });
    await give(proofers[2]!.page);
    await expect(part(proofers[2]!.page, "Verdicts")).toContainText("Consensus: needs revision, 2 of 3. Average score 77.");
  });
  await test.step("the worker reads what to change, and who said it is not told", async () => {
    const { page } = worker;
    await page.goto(path);
    await expect(page.locator(".move")).toContainText("Your move: deliver a new version");
    const section = part(page, "Proofing");
    await expect(section.getByRole("list").first().getByRole("listitem")).toHaveText([/Tests high\s*Two fixtures still differ\./, /Docs low\s*Say how to add a carrier\./]);
    await expect(section).toContainText("Run all fixtures before you deliver.");
    await expect(section).toContainText("Proofer 1");
    expect(await page.content()).not.toMatch(/Quill|Orla|Tern/);
    await page.getByRole("textbox", { name: "The work" }).fill(MENDED);
    await confirmed(page, "Deliver");
    await expect(notice(page)).toHaveText("Version 2 is delivered. The same proofers judge it.");
  });
  await test.step("the poster was not shown the coaching, and paid the next round at once", async () => {
    await poster.page.goto(path);
    expect(await poster.page.content()).not.toContain("Run all fixtures before you deliver.");
    await poster.page.goto("/wallet");
    await expect(figure(poster.page, "Available")).toContainText("55.50"); // 600.00 − 472.50 − 2 × 36.00
  });
  await test.step("the proofers see what changed, and approve", async () => {
    for (const [i, { page }] of proofers.entries()) {
      await page.goto(`${path}/review`);
      await expect(page.getByText("Round 2")).toBeVisible();
      if (i === 0) {
        const work = part(page, "Deliverable, version 2");
        await expect(work).toContainText("since version 1");
        await expect(work.getByRole("table", { name: "Changes of Text of version 2" })).toContainText(/removed\s*\| 212 \| 210 \|[^]*added\s*\| 212 \| 212 \|/);
        expect(await page.content()).not.toMatch(/Orla|Tern/);
      }
      await write(page, path, { scores: ["96", "90"], verdict: i === 1 ? "Needs revision" : "Approve", items: i === 1 ? [["docs", "Low", "The README is still silent."]] : [] });
      await give(page);
    }
    await expect(part(proofers[2]!.page, "Verdicts")).toContainText("Consensus: approve, 2 of 3. Average score 94.");
  });
  await test.step("the poster releases the payment", async () => {
    const { page } = poster;
    await page.goto(path);
    await expect(page.locator(".move")).toContainText("Your move: release 450.00");
    await expect(page.locator(".move")).toContainText("then 450.00 is released");
    await expect(page.getByRole("table", { name: "Verdicts of round 2" }).getByRole("row")).toHaveCount(4);
    await confirmed(page, "Release 450.00");
    await expect(notice(page)).toHaveText("Approved: 450.00 is paid when the cooldown ends.");
  });
  await test.step("everybody is paid", async () => {
    await expect.poll(() => poster.member.status(job), "the release timer fires").toBe("completed");
    await poster.page.goto(path);
    await expect(poster.page.getByRole("region", { name: "Money" })).toContainText(/Paid to proofers\s*72\.00[^]*Cost to you, USD\s*544\.50/);
    for (const { page } of proofers) {
      await page.goto("/wallet");
      await expect(figure(page, "Available")).toContainText("24.00");
    }
    await worker.page.goto("/wallet");
    await expect(figure(worker.page, "Available")).toContainText("450.00");
  });
});

test("settings change until the job is funded, and come back with what was wrong", async ({ page, signedIn }) => {
  const poster = await signedIn("Larkin");
  const job = await poster.post(TITLE);
  await page.goto(at(job));
  await expect(part(page, "Proofing")).toContainText("Not asked for");
  await page.getByText("Ask for proofers", { exact: true }).first().click();
  await page.getByRole("checkbox", { name: "Ask for proofers" }).check();
  await page.getByLabel("Proofers", { exact: true }).fill("12");
  await page.getByLabel(/^Fee/).fill("0.50");
  await page.getByLabel("Name of section 1", { exact: true }).fill("Accuracy");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(notice(page).getByRole("listitem")).toHaveText([/Proofers: It is 12/, /Fee: /]);
  await expect(page.getByLabel("Name of section 1", { exact: true })).toHaveValue("Accuracy");
  await page.getByLabel("Proofers", { exact: true }).fill("5");
  await page.getByLabel(/^Fee/).fill("7.50");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(notice(page)).toHaveText("Proofing is set: 5 proofers, 7.50 each, 37.50 a round.");
  await page.getByText("Change proofing").click();
  await expect(page.getByLabel(/^Fee/)).toHaveValue("7.50");
  await page.getByRole("checkbox", { name: "Ask for proofers" }).uncheck();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(notice(page)).toHaveText("No proofers are asked.");
});

test("the sum of a round is shown while it is typed", { tag: "@script" }, async ({ page, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/jobs/new");
  await awake(page);
  await page.getByRole("checkbox", { name: "Ask for proofers" }).check();
  await page.getByLabel("Proofers", { exact: true }).fill("5");
  await page.getByLabel(/^Fee/).fill("7.50");
  await expect(page.getByText("5 × 7.50 = 37.50 a round.")).toBeVisible();
});

test("too few apply: the poster asks for fewer, or takes the work as it is", async ({ page, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(1_000);
  const worker = await (await join("Ada")).profile(["coding"]);
  const proofer = await (await join("Quill")).profile(["testing"]);
  const job = await seeking(poster, worker, TITLE, REPORT);
  await page.goto(at(job));
  await expect(page.locator(".move")).toContainText("Waiting for 3 proofers to apply");
  await expect(page.locator(".move")).toContainText("then you judge it yourself");
  await expect(page.getByText("No proofers have applied yet")).toBeVisible();
  await proofer.apply(job);
  await page.goto(at(job));
  await page.getByRole("button", { name: "Accept Quill as a proofer" }).click();
  await page.getByText("Too few apply? Ask for fewer").click();
  await page.getByRole("combobox", { name: "Proofers" }).selectOption("1 proofer");
  await page.getByRole("button", { name: "Ask for fewer" }).click();
  await expect(notice(page)).toHaveText("Proofing is set: 1 proofer, 12.00 a round.");
  await expect(page.locator(".move")).toContainText("Your move: fund 12.00");
  await page.getByRole("button", { name: "Approve anyway" }).click();
  const question = page.getByRole("dialog", { name: "Approve anyway?" });
  await expect(question).toContainText("Nobody has proofed this version yet");
  await question.getByRole("button", { name: "Approve 450.00" }).click();
  await expect(notice(page)).toContainText("Approved: 450.00");
});

test("a poster without the money for a round is led to it and back", async ({ page, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(480);
  const worker = await (await join("Ada")).profile(["coding"]);
  const proofer = await (await join("Quill")).profile(["testing"]);
  const job = await seeking(poster, worker, TITLE, REPORT, { proofer_count: 1 });
  await proofer.apply(job);
  await page.goto(at(job));
  await page.getByRole("button", { name: "Accept Quill as a proofer" }).click();
  await page.getByRole("link", { name: "Deposit 4.50 to fund it" }).click(); // 480.00 − 472.50 − 12.00
  await expect(page).toHaveURL(/wallet\?amount=4\.50&back=%2Fjobs|wallet\?amount=4\.50&back=\/jobs/);
});

test("the queue has pages, a filter, and tells who applied", { tag: "@narrow" }, async ({ page, join, signedIn }) => {
  test.slow();
  const poster = await (await join("Larkin")).deposit(9_990);
  const worker = await (await join("Ada")).profile(["coding"]);
  const proofer = await (await signedIn("Quill")).profile(["testing"]);
  // All projects share one server; each has a kind of its own.
  const [kind, name] = { desktop: ["finance", "Finance"], narrow: ["media", "Media"] }[test.info().project.name] ?? ["support", "Support"];
  const jobs: Job[] = [];
  for (let n = 1; n <= 21; n += 1) jobs.push(await seeking(poster, worker, `Audit number ${n}`, "It adds up.", { category: kind, proof_fee: 100 * n }));
  await proofer.apply(jobs[0]!);

  await page.goto("/proofing");
  await expect(page.getByText("You hold no seat yet.")).toBeVisible();
  await page.getByRole("combobox", { name: "Category" }).selectOption(name!);
  await page.getByRole("button", { name: "Show" }).click();
  const table = page.getByRole("table", { name: "Jobs that look for proofers" });
  await expect(table.locator("tbody tr")).toHaveCount(20);
  await expect(table.locator("tbody tr").first()).toContainText(/Audit number 1[^]*you applied[^]*1\.00/);
  const pager = page.getByRole("navigation", { name: "Pages of jobs" });
  await expect(pager).toContainText("1–20 of 21");
  await pager.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(new RegExp(`category=${kind}`));
  await expect(table.locator("tbody tr")).toHaveText([/Audit number 21/]);
  await page.goto(`/proofing?category=${kind}&offset=400`);
  await expect(page.getByRole("navigation", { name: "Pages of jobs" })).toContainText("Nothing here; the list has 21");
  await page.goto("/proofing?category=marketing");
  await expect(page.getByText("Nothing in this category")).toBeVisible();
});
