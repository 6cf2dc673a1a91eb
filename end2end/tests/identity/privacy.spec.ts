import { expect, type Page } from "@playwright/test";
import { PASSWORD } from "../../support/api.ts";
import { isWrong } from "../../support/checks.ts";
import { notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

const PAGE = "/settings/privacy";

/** Opens the newest mail of this subject to an address. */
async function openMail(page: Page, email: string, subject: string) {
  const mail = page.getByRole("row").filter({ hasText: email }).getByRole("link", { name: subject }).first();
  await expect(async () => {
    await page.goto("/sandbox/mail");
    await expect(mail).toBeVisible({ timeout: 250 });
  }).toPass();
  await mail.click();
}

/** Opens a question, types a password, and answers it. */
async function confirm(page: Page, password: string, opens: string, act = opens) {
  const question = page.getByRole("dialog");
  if (!(await question.isVisible())) await page.getByRole("button", { name: opens }).first().click();
  await question.getByLabel("Password").fill(password);
  await question.getByRole("button", { name: act }).click();
}

async function deleteAccount(page: Page, password: string) {
  await confirm(page, password, "Delete the account");
}

test("a copy of one's data is asked for, mailed and downloaded", async ({ page, signedIn }) => {
  const member = await signedIn("Orwell");
  await page.goto(PAGE);
  await confirm(page, "not the one I have", "Ask for a copy", "Send me the copy");
  await isWrong(page.getByRole("dialog").getByLabel("Password"), /not your password/);
  await confirm(page, PASSWORD, "Ask for a copy", "Send me the copy");
  await expect(notice(page)).toContainText("Your copy is being prepared");
  await expect(page.getByRole("button", { name: "Ask for a copy" })).toHaveCount(0);
  await expect(async () => {
    await page.goto(PAGE);
    await expect(page.getByText("Your copy is ready")).toBeVisible({ timeout: 250 });
  }).toPass();
  await openMail(page, member.email, "Your data is ready");
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: /\/exports\/exp_/ }).click();
  expect((await saved).suggestedFilename()).toBe("guildhall-data.zip");
});

test("an account is closed, and kept by the mailed link", async ({ page, signedIn }) => {
  const member = await signedIn("Orwell");
  await page.goto(PAGE);
  await deleteAccount(page, "not the one I have");
  await isWrong(page.getByRole("dialog").getByLabel("Password"), /not your password/);
  await deleteAccount(page, PASSWORD);
  await expect(page).toHaveURL("/sign-in");
  await expect(notice(page)).toContainText("will be deleted in seven days");
  await page.getByLabel("Email").fill(member.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("This account is closed");
  await openMail(page, member.email, "Your account will be deleted");
  await page.getByRole("link", { name: /\/account\/restore\?token=/ }).click();
  await page.getByRole("button", { name: "Keep the account" }).click();
  await expect(notice(page)).toContainText("Your account is kept");
  await page.getByLabel("Email").fill(member.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/jobs");
});

test("money in the wallet keeps the account, and the page says where to settle it", async ({ page, signedIn }) => {
  const member = await signedIn("Orwell");
  await member.deposit(2_000);
  await page.goto(PAGE);
  const things = page.getByRole("list", { name: "Things that need the account" });
  await expect(things.getByRole("listitem")).toHaveCount(1);
  await expect(things.getByRole("link", { name: "Money in the wallet" })).toHaveAttribute("href", "/wallet/payouts");
  await expect(page.getByRole("button", { name: "Delete the account" })).toHaveCount(0);
});
