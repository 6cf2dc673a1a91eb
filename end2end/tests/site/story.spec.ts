import { type Browser, expect, type Page, test } from "@playwright/test";
import { freshEmail, PASSWORD } from "../../support/api.ts";
import { confirmed, figure, notice, verifyByLetter } from "../../support/pages.ts";

const TITLE = "Replace the regex invoice parser with a grammar";
const BRIEF = "All 212 fixtures must parse to the same rows.";

/** Somebody with a browser of their own. */
async function person(browser: Browser, baseURL: string, name: string) {
  const page = await (await browser.newContext({ baseURL })).newPage();
  const email = freshEmail(name);
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/jobs");
  await expect(notice(page)).toContainText(`Welcome, ${name}.`);
  await verifyByLetter(page, email);
  return page;
}

async function deposit(page: Page, amount: string) {
  await page.goto("/wallet");
  await page.getByLabel("Amount").fill(amount);
  await page.getByRole("button", { name: "Continue to checkout" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sandbox checkout");
  await page.getByRole("button", { name: `Pay ${amount}` }).click();
  await expect(page).toHaveURL("/wallet");
  await expect(notice(page)).toHaveText(`${amount} was deposited.`);
}

async function post(page: Page) {
  await page.goto("/jobs/new");
  await page.getByLabel("Title").fill(TITLE);
  await page.getByLabel("Brief").fill(BRIEF);
  await page.getByRole("checkbox", { name: "Confidential" }).check();
  await page.getByLabel("Category").selectOption("Coding");
  await page.getByLabel("Budget").fill("480");
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(TITLE);
  await expect(notice(page)).toContainText("Posted.");
  await expect(page.getByText("Waiting for applications")).toBeVisible();
  return new URL(page.url()).pathname;
}

async function profile(page: Page) {
  await page.goto("/work");
  await page.getByRole("link", { name: "Create your work profile" }).click();
  await page.getByLabel("Name").fill("Ferrous");
  await page.getByLabel("Who does the work").selectOption("A person");
  await page.getByRole("checkbox", { name: "Coding" }).check();
  await page.getByRole("button", { name: "Create the profile" }).click();
  await expect(notice(page)).toHaveText("Your agent profile is saved.");
}

async function apply(page: Page, job: string, price: string) {
  await page.goto(job);
  await expect(page.getByText(BRIEF)).toBeHidden();
  await page.getByText("Read the NDA").click();
  await expect(page.locator("details p")).toBeVisible();
  await page.getByRole("button", { name: "Agree and read the brief" }).click();
  await expect(page.getByText(BRIEF)).toBeVisible();
  await page.getByLabel("Your price").fill(price);
  await page.getByLabel("Why you").fill("I wrote three grammars like this one.");
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(notice(page)).toContainText(`You applied for ${price}.`);
}

async function hire(page: Page, job: string) {
  await page.goto("/hire");
  await page.getByRole("link", { name: `Choose: ${TITLE}` }).click();
  await expect(page).toHaveURL(/[?]job=[^#]+#compare$/);
  await page.goto(job);
  await expect(page.getByText("I wrote three grammars like this one.")).toBeVisible();
  await expect(page.locator(".move").getByRole("link", { name: "Choose", exact: true })).toHaveAttribute("href", "#applications");
  await page.getByRole("link", { name: "Choose Ferrous" }).click();
  const sums = page.getByRole("region", { name: "Accept Ferrous" });
  for (const [label, sum] of [["Work", "450.00"], ["Service fee, 5 % of work", "22.50"], ["From your wallet", "472.50"], ["Available after", "127.50"]]) {
    await expect(sums.getByText(label!, { exact: false }).first()).toBeVisible();
    await expect(sums).toContainText(sum!);
  }
  await confirmed(page, "Accept and fund 472.50");
  await expect(notice(page)).toHaveText("Accepted, and 472.50 is held in escrow.");
  await page.goto("/wallet");
  await expect(figure(page, "Available")).toContainText("127.50");
  await expect(figure(page, "In escrow")).toContainText("472.50");
}

async function deliver(page: Page, job: string, work: string, version: number) {
  await page.goto("/work");
  await expect(page.getByRole("row").filter({ hasText: TITLE }).filter({ hasText: "You:" })).toBeVisible();
  await page.goto(job);
  await page.getByRole("textbox", { name: "The work" }).fill(work);
  await page.getByLabel("Note to the poster").fill(`Version ${version}, as asked.`);
  await confirmed(page, "Deliver");
  await expect(notice(page)).toHaveText(`Version ${version} is delivered.`);
}

async function revise(page: Page, job: string) {
  await page.goto(job);
  await expect(page.getByText("Your move: judge the work")).toBeVisible();
  await expect(page.getByText("210 of 212 fixtures are equal.")).toBeVisible();
  await page.getByRole("button", { name: "Ask for a revision" }).click();
  const question = page.getByRole("dialog", { name: "Ask for a revision?" });
  await question.getByLabel("What should change").fill("Two fixtures still differ.");
  await question.getByRole("button", { name: "Ask for a revision" }).click();
  await expect(notice(page)).toHaveText("The worker was asked for a revision.");
}

async function approve(page: Page, job: string) {
  await page.goto(job);
  await confirmed(page, "Approve 450.00");
  await expect(notice(page)).toContainText("Approved: 450.00");
}

/** Looks again until the release timer has fired. */
async function completed(page: Page, job: string) {
  await expect(async () => {
    await page.goto(job);
    await expect(page.locator("[data-status=completed]").first()).toBeVisible({ timeout: 250 });
  }).toPass();
  await expect(page.getByRole("list").filter({ hasText: "450.00 paid to Ferrous" })).toBeVisible();
}

test("a person posts a job, another person does it, and both wallets are right to the cent", { tag: "@narrow" }, async ({ browser, baseURL }) => {
  test.slow(); // Some sixty pages.
  const poster = await person(browser, baseURL!, "Larkin");
  const worker = await person(browser, baseURL!, "Ada");
  await test.step("money comes in", () => deposit(poster, "600.00"));
  const job = await test.step("a job is posted", () => post(poster));
  await test.step("the worker says what they do", () => profile(worker));
  await test.step("the worker agrees to the NDA and applies", () => apply(worker, job, "450.00"));
  await test.step("the poster sees the fee, accepts and funds", () => hire(poster, job));
  await test.step("the work is delivered", () => deliver(worker, job, "210 of 212 fixtures are equal.", 1));
  await test.step("a revision is asked for", () => revise(poster, job));
  await test.step("the worker reads why", async () => {
    await worker.goto(job);
    await expect(worker.getByText("The poster asked for a revision. They wrote: “Two fixtures still differ.”")).toBeVisible();
  });
  await test.step("the work is delivered again", () => deliver(worker, job, "212 of 212 fixtures are equal.", 2));
  await test.step("the work is approved", () => approve(poster, job));
  await test.step("the timer pays", () => completed(poster, job));
  await test.step("the poster's wallet", async () => {
    await poster.goto("/wallet");
    await expect(figure(poster, "Available")).toContainText("127.50");
    await expect(figure(poster, "In escrow")).toContainText("0.00");
    await expect(figure(poster, "Total")).toContainText("127.50");
    const lines = poster.getByRole("table").getByRole("row");
    await expect(lines).toHaveCount(3);
    await expect(lines.nth(1)).toContainText(/Held.*472\.50.*127\.50/);
    await expect(lines.nth(2)).toContainText(/Deposit.*600\.00.*600\.00/);
  });
  await test.step("the worker's wallet", async () => {
    await worker.goto("/wallet");
    await expect(figure(worker, "Available")).toContainText("450.00");
    await expect(figure(worker, "Pending")).toContainText("0.00");
    await expect(figure(worker, "Total")).toContainText("450.00");
    const lines = worker.getByRole("table").getByRole("row");
    await expect(lines).toHaveCount(2);
    await expect(lines.nth(1)).toContainText(/Paid to you.*450\.00.*450\.00/);
  });
  await test.step("both dashboards tell the end", async () => {
    await worker.goto("/work");
    await expect(worker.getByRole("table", { name: "Jobs that were paid" })).toContainText("450.00");
    await poster.goto("/hire");
    await expect(poster.getByText("You’re all caught up.")).toBeVisible();
    await expect(poster.getByRole("table", { name: "Your jobs, newest first" })).toContainText("Completed");
  });
});
