import { expect } from "@playwright/test";
import { awake, notice } from "../../support/pages.ts";
import { at, give, judge, part, row, RUBRIC, seated, TITLE, verdictForm } from "../../support/reviews.ts";
import { test } from "../../support/test.ts";

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
  await expect(items.first()).toHaveText(/Tests high\s*Two fixtures differ\./);
});

test("a verdict that lacks something comes back whole, with what is missing", async ({ page, join, signedIn }) => {
  const { job } = await seated(page, join, signedIn);
  const form = verdictForm(page);
  const long = "This is said at length. ".repeat(200).trim();
  await form.getByLabel("Correctness weight 50").fill("101");
  await form.getByText("Needs revision", { exact: true }).first().click();
  await row(page, 0).getByLabel("Category").fill("Nothing said");
  await form.getByLabel("Summary for the poster").fill(long);
  await form.getByRole("button", { name: "Submit verdict" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Submit verdict" }).click();
  await expect(notice(page)).toContainText("Nothing was saved: 3 fields need a change.");
  await expect(notice(page).getByRole("listitem")).toHaveText([/Score: Correctness has 101; give 0 to 100\./, /Score: /, /Revision items: /]);
  await expect(form.getByRole("group", { name: "Revision items" })).toContainText("It is required");
  await expect(form.getByRole("radio", { name: "Needs revision" })).toBeChecked();
  await expect(row(page, 0).getByLabel("Category")).toHaveValue("Nothing said");
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
  await expect(page).toHaveTitle(new RegExp(`Review: ${TITLE} · Guildhall$`));
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

test("an older tab does not wipe the draft of another", { tag: "@script" }, async ({ page, context, join, signedIn }) => {
  const { job } = await seated(page, join, signedIn);
  const other = await context.newPage();
  await other.goto(at(job, "/review"));
  await awake(page);
  await awake(other);
  const [mine, older] = [verdictForm(page), verdictForm(other)];
  await mine.getByLabel("Summary for the poster").fill("An hour of work.");
  await expect(mine.getByRole("status")).toHaveText(/^Draft saved/);
  await older.getByLabel("Coaching for the worker").fill("x");
  await expect(older.getByRole("status")).toHaveText(/^Not saved: This draft was saved elsewhere at \d\d:\d\d UTC/);
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/_fn/proof/verdict"));
  await mine.getByLabel("Summary for the poster").fill("An hour of work, and more.");
  expect((await saved).status()).toBe(200);
  // Saved by its button, the older text is in the form again, and the next press replaces the draft.
  await older.getByRole("button", { name: "Save draft" }).click();
  await expect(notice(other)).toContainText("This draft was saved elsewhere");
  await expect(older.getByLabel("Coaching for the worker")).toHaveValue("x");
  await page.reload();
  await expect(mine.getByLabel("Summary for the poster")).toHaveValue("An hour of work, and more.");
});

test("the last words are saved when a link is followed at once", { tag: "@script" }, async ({ page, join, signedIn }) => {
  const { job } = await seated(page, join, signedIn);
  await awake(page);
  const form = verdictForm(page);
  await form.getByLabel("Summary for the poster").fill("Read twice.");
  await part(page, "Deliverable, version 1").getByRole("link", { name: "Source" }).click();
  await expect(page).toHaveURL(/look=source/);
  await expect(form.getByLabel("Summary for the poster")).toHaveValue("Read twice.");
  await form.getByLabel("Summary for the poster").fill("Read three times.");
  await page.goto("/proofing");
  await page.goto(at(job, "/review"));
  await expect(form.getByLabel("Summary for the poster")).toHaveValue("Read three times.");
});
