import { type Browser, expect, type Page } from "@playwright/test";
import { type Job, Member } from "../support/api.ts";
import { awake, browserOf, figure, notice } from "../support/pages.ts";
import { judge, MENDED, REPORT, RUBRIC, running, seeking } from "../support/reviews.ts";
import { test } from "../support/test.ts";

const TITLE = "Replace the regex invoice parser with a grammar";
const at = (job: { id: string }, more = "") => `/jobs/${job.id}${more}`;
const part = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const verdictForm = (page: Page) => part(page, "Your verdict");
const row = (page: Page, i: number) => verdictForm(page).locator(".item-rows > li").nth(i);

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
  await page.getByRole("button", { name: "Fund 36.00" }).click();
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

async function give(page: Page) {
  await verdictForm(page).getByRole("button", { name: "Submit verdict" }).click();
  const question = page.getByRole("dialog", { name: "Submit this verdict?" });
  await expect(question).toContainText("It can’t be changed. 12.00 is yours when the round is decided");
  await question.getByRole("button", { name: "Submit verdict" }).click();
  await expect(notice(page)).toContainText("Your verdict is in.");
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
    await worker.page.getByRole("button", { name: "Deliver", exact: true }).click();
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
    await expect(section.getByRole("list").first().getByRole("listitem")).toHaveText([/tests high\s*Two fixtures still differ\./, /docs low\s*Say how to add a carrier\./]);
    await expect(section).toContainText("Run all fixtures before you deliver.");
    await expect(section).toContainText("Proofer 1");
    expect(await page.content()).not.toMatch(/Quill|Orla|Tern/);
    await page.getByRole("textbox", { name: "The work" }).fill(MENDED);
    await page.getByRole("button", { name: "Deliver", exact: true }).click();
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
    await page.getByRole("button", { name: "Release 450.00" }).click();
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

/** One proofer with a seat in a running review, signed in. */
async function seated(page: Page, join: (name: string) => Promise<Member>, signedIn: (name: string) => Promise<Member>, content = REPORT) {
  const poster = await (await join("Larkin")).deposit(1_000);
  const worker = await (await join("Ada")).profile(["coding"]);
  const other = await (await join("Wilhelmina")).profile(["testing"]);
  const proofer = await (await signedIn("Quill")).profile(["testing"]);
  const job = await seeking(poster, worker, TITLE, content, { proofer_count: 2 });
  await running(poster, job, [proofer, other]);
  await page.goto(at(job, "/review"));
  return { poster, worker, proofer, other, job };
}

test("a draft is kept when it is saved, and more rows keep what was typed", async ({ page, join, signedIn }) => {
  const { job } = await seated(page, join, signedIn);
  const form = verdictForm(page);
  await form.getByLabel("Correctness weight 50").fill("81");
  await form.getByText("Reject", { exact: true }).first().click();
  for (let i = 0; i < 5; i += 1) {
    await row(page, i).getByLabel("Category").fill("totals");
    await row(page, i).getByLabel("Description").fill(`Line ${i + 1} is wrong.`);
  }
  await form.getByRole("button", { name: "More rows" }).click();
  await expect(page).toHaveURL(/rows=10/);
  await row(page, 5).getByLabel("Category").fill("sources");
  await row(page, 5).getByLabel("Description").fill("Add the sources.");
  await form.getByLabel("Coaching for the worker").fill("Add the sources first.");
  await form.getByRole("button", { name: "Save draft" }).click();
  await expect(notice(page)).toHaveText("The draft is saved.");
  await page.goto(at(job, "/review"));
  await expect(form.getByLabel("Correctness weight 50")).toHaveValue("81");
  await expect(form.getByRole("radio", { name: "Reject" })).toBeChecked();
  await expect(row(page, 4).getByLabel("Description")).toHaveValue("Line 5 is wrong.");
  await expect(row(page, 5).getByLabel("Category")).toHaveValue("sources");
  await expect(form.getByLabel("Coaching for the worker")).toHaveValue("Add the sources first.");
  await expect(form.getByRole("status")).toHaveText(/^Draft saved \d\d:\d\d$/);
});

test("a draft keeps itself a second after typing stops", { tag: "@script" }, async ({ page, join, signedIn }) => {
  await seated(page, join, signedIn);
  await awake(page);
  const form = verdictForm(page);
  await expect(form.getByRole("status")).toBeEmpty();
  const sent = page.waitForResponse((answer) => answer.url().endsWith("/_fn/proof/verdict"));
  await form.getByLabel("Summary for the poster").pressSequentially("Read twice.");
  expect((await sent).status()).toBe(200);
  await expect(form.getByRole("status")).toHaveText(/^Draft saved \d\d:\d\d$/);
  await page.reload();
  await expect(form.getByLabel("Summary for the poster")).toHaveValue("Read twice.");
});

test("what was typed before the page was awake stays", { tag: "@script" }, async ({ page, join, signedIn }) => {
  let wake = () => {};
  const typed = new Promise<void>((resolve) => (wake = resolve));
  await page.route(/\.wasm$/, async (route) => {
    await typed;
    await route.continue();
  });
  await seated(page, join, signedIn);
  const form = verdictForm(page);
  for (const name of ["Correctness weight 50", "Completeness weight 30", "Clarity weight 20"]) await form.getByLabel(name).fill("81");
  await form.getByLabel("Summary for the poster").fill("Read twice.");
  wake();
  await awake(page);
  await expect(form.getByRole("slider", { name: "Correctness, slider" })).toHaveValue("81");
  await expect(form.locator(".total .money")).toHaveText("81");
  await expect(form.getByLabel("Correctness weight 50")).toHaveValue("81");
  await expect(form.getByLabel("Summary for the poster")).toHaveValue("Read twice.");
});

test("a draft that can't be kept says so", { tag: "@script" }, async ({ page, join, signedIn }) => {
  const { proofer, job } = await seated(page, join, signedIn);
  await awake(page);
  await judge(proofer, job, "approve");
  await verdictForm(page).getByLabel("Summary for the poster").fill("Too late.");
  await expect(verdictForm(page).getByRole("status")).toHaveText(/^Not saved: Your verdict of this round is in/);
});

test("the whole verdict is given by keyboard alone", { tag: "@script" }, async ({ page, join, signedIn }) => {
  await seated(page, join, signedIn);
  await awake(page);
  const form = verdictForm(page);
  const keys = page.keyboard;
  await form.getByLabel("Correctness weight 50").focus();
  await keys.type("90");
  await keys.press("Enter");
  await expect(page, "Enter sends nothing").toHaveURL(/review$/);
  await keys.press("Tab");
  await expect(form.getByRole("slider", { name: "Correctness, slider" })).toBeFocused();
  await keys.press("ArrowRight");
  await expect(form.getByLabel("Correctness weight 50")).toHaveValue("91");
  for (const name of ["Completeness", "Clarity"]) {
    const slider = form.getByRole("slider", { name: `${name}, slider` });
    await expect(slider).toHaveAttribute("aria-valuetext", "not scored yet");
    await slider.focus();
    await keys.press("End");
    await keys.press("PageDown");
  }
  await expect(form.locator(".total .money")).toHaveText("91"); // (50 × 91 + 30 × 90 + 20 × 90) / 100 is 90.5; sliders page by 10.
  await form.getByRole("radio", { name: "Approve" }).focus();
  await keys.press("ArrowRight");
  await expect(form.getByRole("radio", { name: "Needs revision" })).toBeChecked();
  await row(page, 0).getByLabel("Category").focus();
  await keys.type("tests");
  await keys.press("Enter");
  await expect(row(page, 0).getByLabel("Description"), "what is missing comes first").toBeFocused();
  await keys.type("Two fixtures differ.");
  await keys.press("Alt+ArrowUp");
  await expect(row(page, 0).getByLabel("Priority")).toHaveValue("high");
  await keys.press("Enter");
  await expect(row(page, 1).getByLabel("Category")).toBeFocused();
  for (let i = 1; i < 7; i += 1) {
    await keys.type(`kind ${i}`);
    await keys.press("Enter");
    await keys.type(`Thing ${i}.`);
    await keys.press("Enter");
  }
  await keys.press("Alt+ArrowDown");
  await form.getByRole("button", { name: "Submit verdict" }).focus();
  await keys.press("Enter");
  const question = page.getByRole("dialog", { name: "Submit this verdict?" });
  await expect(question.getByRole("button", { name: "Back" })).toBeFocused();
  await keys.press("Tab");
  await keys.press("Enter");
  await expect(notice(page)).toContainText("Your verdict is in.");
  const items = part(page, "Verdicts").locator(".items").first().getByRole("listitem");
  await expect(items).toHaveCount(7);
  await expect(items.first()).toHaveText(/tests high\s*Two fixtures differ\./);
});

test("a verdict that lacks something comes back whole, with what is missing", async ({ page, join, signedIn }) => {
  const { job } = await seated(page, join, signedIn);
  const form = verdictForm(page);
  const long = "This is said at length. ".repeat(200).trim();
  await form.getByLabel("Correctness weight 50").fill("101");
  await form.getByText("Needs revision", { exact: true }).first().click();
  await row(page, 0).getByLabel("Description").fill("No category.");
  await form.getByLabel("Summary for the poster").fill(long);
  await form.getByRole("button", { name: "Submit verdict" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Submit verdict" }).click();
  await expect(notice(page)).toContainText("Nothing was saved: 3 fields need a change.");
  await expect(notice(page).getByRole("listitem")).toHaveText([/Score: Correctness has 101; give 0 to 100\./, /Score: /, /Revision items: /]);
  await expect(form.getByRole("group", { name: "Revision items" })).toContainText("It is required");
  await expect(form.getByRole("radio", { name: "Needs revision" })).toBeChecked();
  await expect(row(page, 0).getByLabel("Description")).toHaveValue("No category.");
  await expect(form.getByLabel("Summary for the poster")).toHaveValue(long);
  await page.goto(at(job, "/review"));
  await expect(form.getByLabel("Summary for the poster"), "it is in the draft").toHaveValue(long);
});

test("a proofer reads of the others only after the own verdict", async ({ page, join, signedIn }) => {
  const { job, other } = await seated(page, join, signedIn);
  await judge(other, job, "reject");
  const pages = ["/proofing", at(job), at(job, "/review"), at(job, "/review?version=1&look=source")];
  for (const path of pages) {
    await page.goto(path);
    expect(await page.content(), path).not.toMatch(/Wilhelmina|fuzz target|of 2 (seats|verdicts)|reject, /);
  }
  await page.goto(at(job, "/review"));
  const form = verdictForm(page);
  for (const { name, weight } of RUBRIC) await form.getByLabel(`${name} weight ${weight}`).fill("88");
  await form.getByText("Approve", { exact: true }).first().click();
  await give(page);
  await expect(part(page, "Verdicts")).toContainText(/Wilhelmina.*Reject.*29/);
  await expect(page.getByText("Your verdict is in: you see them all")).toBeVisible();
  await page.goto(at(job));
  await expect(part(page, "Proofing")).toContainText("Wilhelmina");
});

test("strangers find no review", async ({ page, join, signedIn }) => {
  const { job, poster } = await seated(page, join, join);
  await signedIn("Stranger");
  const answer = await page.goto(at(job, "/review"));
  expect(answer!.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
  const plain = await poster.post("Nothing to proof");
  expect((await page.goto(at(plain, "/review")))!.status()).toBe(404);
});

const HOSTILE = `<script>document.title = "taken"</script>

# A <img src=x onerror="document.title='taken'"> heading

[click](javascript:document.title='taken') and ![pixel](https://evil.example/pixel.png)
`;

test("what is handed in is read, and can do nothing", async ({ page, join, signedIn }) => {
  await seated(page, join, signedIn, HOSTILE);
  const work = part(page, "Deliverable, version 1");
  await expect(work).toContainText("<script>document.title = \"taken\"</script>");
  await expect(work).toContainText("[picture: pixel]");
  await expect(work.locator("script, img, a[href^=javascript]")).toHaveCount(0);
  await expect(work.getByRole("heading", { level: 3 })).toContainText("heading");
  await expect(page).toHaveTitle(`Review: ${TITLE} · Guildhall`);
  await work.getByRole("link", { name: "Source" }).click();
  await expect(part(page, "Text of version 1").locator("span").first()).toHaveText("<script>document.title = \"taken\"</script>");
});

test("rows of values are a table, the first two hundred of them", async ({ page, join, signedIn }) => {
  const rows = Array.from({ length: 450 }, (_, i) => `fixture ${i + 1},"equal, or so",${i * 3}`);
  await seated(page, join, signedIn, ["name,result,ms", ...rows].join("\n"));
  const table = page.getByRole("table", { name: "Text of version 1 as a table" });
  await expect(table.getByRole("row")).toHaveCount(201);
  await expect(table.getByRole("row").nth(1)).toHaveText(/fixture 1\s*equal, or so\s*0/);
  await expect(page.getByText("The first 200 rows of 450.")).toBeVisible();
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
  await expect(page.locator(".move")).toContainText("then it counts as approved");
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
