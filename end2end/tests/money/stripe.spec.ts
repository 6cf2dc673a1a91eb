import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { freePort, program } from "../../server.ts";
import { Member } from "../../support/api.ts";
import { figure, notice, signIn } from "../../support/pages.ts";

// One worker runs the whole file, beside a fake Stripe and a server of its own.
test.describe.configure({ mode: "default" });

const SECRET = "whsec_of_the_browser_tests";
const running: ChildProcess[] = [];
let fake: string, url: string;
const folders: string[] = [];

/** Starts a program that ends with the tests. */
function started(path: string, words: string[], env: Record<string, string> = {}) {
  const child = spawn(path, words, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "ignore"] });
  running.push(child);
  return child;
}

/** Starts a fake Stripe and a server beside it, which holds the money of deposits for so many days. */
async function opens(holdDays: number) {
  const data = mkdtempSync(join(tmpdir(), "guildhall-stripe-"));
  folders.push(data);
  const listen = `127.0.0.1:${await freePort()}`;
  url = `http://${listen}`;
  const stripe = started("../target/debug/fake-stripe", ["127.0.0.1:0", `${url}/stripe/webhook`, SECRET]);
  [fake] = await once(createInterface(stripe.stdout!), "line");
  const server = started(program, ["serve"], {
    GUILDHALL_LISTEN: listen,
    GUILDHALL_DATA: data,
    GUILDHALL_RATE_LIMITS: "off",
    GUILDHALL_PAYOUT_HOLD_DAYS: String(holdDays),
    GUILDHALL_STRIPE_KEY: "sk_test_of_the_browser_tests",
    GUILDHALL_STRIPE_WEBHOOK_SECRET: SECRET,
    GUILDHALL_STRIPE_URL: fake,
  });
  // Its log must not fill the pipe.
  server.stdout!.resume();
  await expect.poll(async () => (await fetch(`${url}/api/health`).catch(() => null))?.status, { timeout: 30_000 }).toBe(200);
}

test.beforeAll(() => opens(0));

test.afterAll(async () => {
  const ended = running.map((child) => (child.exitCode === null ? once(child, "exit") : null));
  running.forEach((child) => child.kill("SIGTERM"));
  await Promise.all(ended);
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

async function arrived(context: BrowserContext, name: string) {
  const member = await Member.join(url, name);
  await signIn(context, member, url);
  return member;
}

/** Steers the fake: banks decide, and no person presses a button for it. */
async function steer(page: Page, what: string, how: object) {
  expect((await page.request.post(`${fake}/_test/${what}`, { data: how })).ok()).toBe(true);
}

async function newest(page: Page, kind: string) {
  return (await (await page.request.get(`${fake}/_test/objects/${kind}`)).json()).pop();
}

/** Opens a deposit and goes on to the page of the fake; answers with the deposit's own page. */
async function opened(page: Page, amount: string, method: string, total: string) {
  await page.goto(`${url}/wallet`);
  await page.getByLabel("Amount").fill(amount);
  await page.getByLabel("Pay by").selectOption(method);
  await page.getByRole("button", { name: "Continue to checkout" }).click();
  await expect(page.getByText(`${total} is to be paid`)).toBeVisible();
  const own = page.url();
  await page.getByRole("link", { name: `Pay ${total}` }).click();
  await expect(page).toHaveURL(new RegExp(`^${fake}/pay/`));
  return own;
}

/** Waits for words of a page: with a script it follows live, without one it is loaded again. */
async function says(page: Page, address: string, words: string) {
  await expect(async () => {
    await page.goto(address);
    await expect(page.getByText(words).first()).toBeVisible({ timeout: 250 });
  }).toPass();
}

test("a person deposits by card and by bank debit", async ({ page, context }) => {
  await arrived(context, "Larkin");
  const byCard = await opened(page, "100", "card", "106.00");
  await page.getByRole("button", { name: "Try a card that is declined" }).click();
  await expect(page.getByRole("alert")).toContainText("declined");
  await page.getByRole("button", { name: "Pay by card" }).click();
  await expect(page).toHaveURL(`${byCard}?step=done`);
  await says(page, byCard, "100.00 is in your wallet");
  await expect(page.getByText("106.00 was paid, with the fee.")).toBeVisible();

  const byDebit = await opened(page, "50", "bank_debit", "50.45");
  await page.getByRole("button", { name: "Pay by bank debit" }).click();
  await says(page, byDebit, "Your bank was asked for 50.45");
  await page.goto(`${url}/wallet`);
  await expect(figure(page, "Available")).toContainText("100.00");
  await expect(page.getByText("50.00 is on the way").first()).toBeVisible();
  await steer(page, "bank", { session: (await newest(page, "checkout.session")).id, pays: true });
  await says(page, byDebit, "50.00 is in your wallet");
  await page.goto(`${url}/wallet`);
  await expect(figure(page, "Available")).toContainText("150.00");

  const leftAlone = await opened(page, "20", "card", "21.60");
  await page.getByRole("link", { name: "Back" }).click();
  await expect(page).toHaveURL(leftAlone);
  await expect(page.getByText("21.60 is to be paid")).toBeVisible();
});

test("a person connects an account and is paid out", async ({ page, context }) => {
  await arrived(context, "Ferrous");
  const deposit = await opened(page, "100", "card", "106.00");
  await page.getByRole("button", { name: "Pay by card" }).click();
  await says(page, deposit, "100.00 is in your wallet");

  const payouts = `${url}/wallet/payouts`;
  await page.goto(payouts);
  await page.getByRole("button", { name: "Connect an account" }).click();
  await page.getByRole("link", { name: "Open the provider’s page" }).click();
  await page.getByRole("button", { name: "Leave your document out" }).click();
  await says(page, payouts, "Something is missing");
  await expect(page.getByText("verification document")).toBeVisible();
  await page.getByRole("button", { name: "Go on at the provider" }).click();
  await page.getByRole("link", { name: "Open the provider’s page" }).click();
  await page.getByRole("button", { name: "Give everything" }).click();
  await expect(page).toHaveURL(`${payouts}?step=back`);
  await says(page, payouts, "Ready");

  await page.getByRole("textbox", { name: "Amount" }).fill("60");
  await page.getByRole("button", { name: "Pay out", exact: true }).click();
  await expect(notice(page)).toHaveText("60.00 is on its way to your bank.");
  await says(page, payouts, "On its way");
  await steer(page, "payout", { payout: (await newest(page, "payout")).id, status: "paid" });
  await says(page, payouts, "Arrived");
  await page.goto(`${url}/wallet`);
  await expect(figure(page, "Available")).toContainText("40.00");

  await page.goto(payouts);
  await page.getByRole("textbox", { name: "Amount" }).fill("40");
  await page.getByRole("button", { name: "Pay out", exact: true }).click();
  await says(page, payouts, "On its way");
  await steer(page, "transfer", { transfer: (await newest(page, "transfer")).id, amount: 1500 });
  await says(page, payouts, "15.00 came back");
  await steer(page, "payout", { payout: (await newest(page, "payout")).id, status: "failed" });
  await says(page, payouts, "The bank account has been closed.");
  // The rest is in the wallet once the provider has given it back; a page without a script shows that when it is opened again.
  await expect(async () => {
    await page.goto(`${url}/wallet`);
    await expect(figure(page, "Available")).toContainText("40.00", { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
});

test("a card pays for one acceptance, and the work begins", async ({ page, context }) => {
  const poster = await arrived(context, "Larkin");
  const worker = await (await Member.join(url, "Ferrous")).profile(["coding"]);
  const task = { title: "Parse invoices", description: "Replace the regex parser.", category: "coding", budget: 480, payment_method: "card" };
  const { id } = await poster.call("POST", "/api/tasks", task);
  const offer = { task_id: id, cover_letter: "Three such grammars.", proposed_amount: 450 };
  const { id: proposal } = await worker.call("POST", "/api/proposals", offer);
  const asked = await poster.call("POST", `/api/proposals/${proposal}/accept`, {});
  expect(asked.status).toBe("payment_required");
  await page.goto(asked.checkout_url);
  await page.getByRole("button", { name: "Pay by card" }).click();
  await expect.poll(async () => (await worker.call("GET", `/api/tasks/${id}`)).status, { timeout: 20_000 }).toBe("in_progress");
  await page.goto(`${url}/wallet`);
  await expect(figure(page, "In escrow")).toContainText("472.50");
});

test("the provider’s page is opened by a button alone, and the money of a card waits before it is paid out", async ({ page, context }) => {
  await opens(7);
  await arrived(context, "Mason");
  const deposit = await opened(page, "100", "card", "106.00");
  await page.getByRole("button", { name: "Pay by card" }).click();
  await says(page, deposit, "100.00 is in your wallet");

  const payouts = `${url}/wallet/payouts`;
  for (const step of ["on", "again", "back"]) {
    await page.goto(`${payouts}?step=${step}`);
    await expect(page.getByRole("link", { name: "Open the provider’s page" })).toHaveCount(0);
  }
  await page.goto(payouts);
  await page.getByRole("button", { name: "Connect an account" }).click();
  await page.getByRole("link", { name: "Open the provider’s page" }).click();
  await page.getByRole("button", { name: "Give everything" }).click();
  await says(page, payouts, "Ready");
  await expect(page.getByText("Of 100.00 available, 100.00 waits")).toBeVisible();
  await expect(page.getByRole("button", { name: "Pay out", exact: true })).toHaveCount(0);
});
