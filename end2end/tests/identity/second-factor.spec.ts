import { expect, type Page } from "@playwright/test";
import { type Member, PASSWORD } from "../../support/api.ts";
import { barriers, isWrong } from "../../support/checks.ts";
import { code } from "../../support/codes.ts";
import { browserOf, notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

/** Turns the second factor on, and returns its secret and the recovery codes. */
async function turnOn(page: Page) {
  await page.goto("/settings/security");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Set it up" }).click();
  const secret = await page.getByRole("main").locator(".id").first().innerText();
  const plain = secret.replace(/\s/g, "");
  await page.getByLabel("Code", { exact: true }).fill(code(plain));
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(notice(page)).toContainText("Your second factor is on");
  const codes = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts();
  return { secret: plain, codes };
}

async function typePassword(page: Page, member: Member, to: string) {
  await page.goto(to);
  await page.getByLabel("Email").fill(member.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/sign-in/code");
}

async function typeCode(page: Page, typed: string) {
  await page.getByLabel("Code").fill(typed);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("an app is set up by its secret, and the recovery codes are shown once", async ({ page, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/settings/security");
  await page.getByLabel("Password").fill("not the one I have");
  await page.getByRole("button", { name: "Set it up" }).click();
  await isWrong(page.getByLabel("Password"), /not your password/);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Set it up" }).click();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill("000000");
  await page.getByRole("button", { name: "Turn it on" }).click();
  await isWrong(page.getByLabel("Code", { exact: true }), /wrong/);
  await page.getByRole("button", { name: "Give up" }).click();
  await expect(page.getByRole("heading", { name: "Second factor: off" })).toBeVisible();
  const { codes } = await turnOn(page);
  expect(codes).toHaveLength(10);
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Save as a file" }).click();
  expect((await saved).suggestedFilename()).toBe("guildhall-recovery-codes.txt");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Second factor: on" })).toBeVisible();
  await expect(page.getByText(codes[0]!)).toHaveCount(0);
  await page.getByLabel("Code").last().fill(codes[0]!);
  await page.getByRole("button", { name: "Turn the second factor off" }).click();
  await expect(notice(page)).toContainText("Your second factor is off.");
});

test("signing in asks for the code, and goes on to the page that was wanted", async ({ page, browser, baseURL, signedIn }) => {
  const member = await signedIn("Larkin");
  const { secret, codes } = await turnOn(page);
  const other = await browserOf(browser, null, baseURL!);
  await typePassword(other.page, member, "/sign-in?next=/wallet");
  await other.page.goto("/wallet");
  await expect(other.page).toHaveURL(/\/sign-in\?next=/);
  await other.page.goto("/sign-in/code");
  await typeCode(other.page, "000000");
  await expect(other.page.getByRole("alert")).toContainText("This code is wrong");
  await typeCode(other.page, code(secret, 1));
  await expect(other.page).toHaveURL("/wallet");
  const third = await browserOf(browser, null, baseURL!);
  await typePassword(third.page, member, "/sign-in");
  await typeCode(third.page, codes[0]!.toUpperCase());
  await expect(third.page).toHaveURL("/jobs");
});

test("a member who did not turn it on undoes it by the mail, and chooses a new password", async ({ page, browser, baseURL, signedIn }) => {
  const member = await signedIn("Larkin");
  const elsewhere = await browserOf(browser, member, baseURL!);
  await turnOn(page);
  await expect(notice(page)).toContainText("your other browsers are signed out");
  await elsewhere.page.goto("/wallet");
  await expect(elsewhere.page).toHaveURL(/\/sign-in/);
  const mail = elsewhere.page.getByRole("row").filter({ hasText: member.email }).getByRole("link", { name: "Your second factor is on" });
  await expect(async () => {
    await elsewhere.page.goto("/sandbox/mail");
    await expect(mail).toBeVisible({ timeout: 250 });
  }).toPass();
  await mail.click();
  await elsewhere.page.getByRole("link", { name: /\/not-me\?token=/ }).click();
  await elsewhere.page.getByRole("button", { name: "Turn it off, sign everybody out" }).click();
  await expect(elsewhere.page).toHaveURL(/\/reset-password\?token=/);
  await elsewhere.page.getByLabel("New password").fill("a whole new sentence");
  await elsewhere.page.getByRole("button", { name: "Save the password" }).click();
  await elsewhere.page.getByLabel("Email").fill(member.email);
  await elsewhere.page.getByLabel("Password").fill("a whole new sentence");
  await elsewhere.page.getByRole("button", { name: "Sign in" }).click();
  await expect(elsewhere.page).toHaveURL("/jobs");
  await page.goto("/wallet");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("five wrong codes end a sign-in", async ({ page, browser, baseURL, signedIn }) => {
  const member = await signedIn("Larkin");
  await turnOn(page);
  const other = await browserOf(browser, null, baseURL!);
  await typePassword(other.page, member, "/sign-in");
  for (let n = 0; n < 5; n++) await typeCode(other.page, "000000");
  await expect(other.page.getByRole("alert")).toContainText("This sign-in is over");
  await other.page.getByRole("link", { name: "Sign in again" }).click();
  await expect(other.page).toHaveURL("/sign-in");
});

test("what was typed after the session ended is there after the code", async ({ page, context, signedIn }) => {
  const member = await signedIn("Larkin");
  const { codes } = await turnOn(page);
  await page.goto("/jobs/new");
  await page.getByLabel("Title").fill("Parse invoices with a grammar");
  await context.clearCookies();
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("Email").fill(member.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await typeCode(page, codes[1]!);
  await expect(page).toHaveURL("/jobs/new");
  await expect(page.getByLabel("Title")).toHaveValue("Parse invoices with a grammar");
});

test("no page of it has a barrier", { tag: ["@script", "@narrow"] }, async ({ page, browser, baseURL, signedIn }) => {
  const member = await signedIn("Larkin");
  await page.goto("/settings/security");
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Set it up" }).click();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Give up" }).click();
  await turnOn(page);
  expect(await barriers(page)).toEqual([]);
  const other = await browserOf(browser, null, baseURL!);
  await typePassword(other.page, member, "/sign-in");
  expect(await barriers(other.page)).toEqual([]);
});
