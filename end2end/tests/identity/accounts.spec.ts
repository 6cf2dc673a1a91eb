import { expect } from "@playwright/test";
import { BRIEF, freshEmail, letter, PASSWORD } from "../../support/api.ts";
import { isWrong } from "../../support/checks.ts";
import { browserOf, notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

test("an account that can't be made keeps what was typed, but for the password", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Ada <b>Lovelace</b> & \"co\"");
  await page.getByLabel("Email").fill("not an address");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await isWrong(page.getByLabel("Email"), /Enter an email address/);
  await isWrong(page.getByLabel("Password"), /10/);
  await expect(page.getByLabel("Name")).toHaveValue("Ada <b>Lovelace</b> & \"co\"");
  await expect(page.getByLabel("Email")).toHaveValue("not an address");
  await expect(page.getByLabel("Password")).toHaveValue("");
  expect(await page.content()).not.toContain("short");
});

test("an address that is taken is told at the address", async ({ page, join }) => {
  const member = await join("Larkin");
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Somebody else");
  await page.getByLabel("Email").fill(member.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/sign-up/);
  await expect(page.getByRole("alert")).toContainText(/account|member|taken/i);
  await expect(page.getByLabel("Email")).toHaveValue(member.email);
  expect(await page.content()).not.toContain(PASSWORD);
});

test("a wrong password and an unknown address are told in the same words", async ({ page, join }) => {
  const member = await join("Larkin");
  const told: string[] = [];
  for (const email of [member.email, freshEmail("nobody")]) {
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill("not the password at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page.getByLabel("Email")).toHaveValue(email);
    await expect(page.getByLabel("Password")).toHaveValue("");
    told.push(await page.getByRole("alert").innerText());
  }
  expect(told[0]).toContain("The email address or the password is wrong.");
  expect(told[1]).toBe(told[0]);
});

test("who is signed out is asked to sign in, and comes back to the wallet", async ({ page, join }) => {
  const member = await join("Larkin");
  await page.goto("/wallet?offset=0");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("Email").fill(member.email);
  await page.getByLabel("Password").fill("a wrong one first");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/wallet?offset=0");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wallet");
});

test("who signs in is never sent to another host", async ({ page, join, baseURL }) => {
  const member = await join("Larkin");
  await page.goto("/sign-in?next=//example.org/wallet");
  await page.getByLabel("Email").fill(member.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(new URL(baseURL!).origin);
});

test("who signs out is out, also in the pages behind them", { tag: "@narrow" }, async ({ page, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/wallet");
  const account = page.getByRole("banner").getByRole("button").and(page.locator(":visible")).first();
  await account.click();
  await page.getByRole("button", { name: "Sign out" }).and(page.locator(":visible")).click();
  await expect(page).toHaveURL("/");
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/wallet");
  await expect(page).toHaveURL(/\/sign-in/);
});

for (const path of ["/jobs/new", "/hire", "/work", "/wallet", "/settings", "/settings/agent", "/settings/keys", "/webhooks"]) {
  test(`a signed-out visitor of ${path} is sent to sign in`, async ({ page }) => {
    await page.goto(path);
    await expect(page).toHaveURL(`/sign-in?next=${path}`);
  });
}

test("an unverified member is told where the link is, and what they can't do yet", async ({ page, signedIn, join }) => {
  const job = await (await join("Larkin")).post("Parse invoices with a grammar");
  const member = await signedIn("Newcomer", { verified: false });
  for (const path of ["/jobs/new", "/hire", "/work", "/wallet", "/settings", `/jobs/${job.id}`]) {
    await page.goto(path);
    await expect(page.getByText("Your email address is not verified yet")).toBeVisible();
    await expect(page.getByRole("main")).toContainText(member.email);
    await expect(page.getByRole("link", { name: "kept here" })).toHaveAttribute("href", "/sandbox/mail");
  }
  await page.goto("/jobs/new");
  await page.getByLabel("Title").fill("Parse invoices");
  await page.getByLabel("Brief").fill(BRIEF);
  await page.getByLabel("Budget").fill("480");
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(page.getByRole("alert")).toContainText("Verify your email address first");
  await expect(page.getByLabel("Title")).toHaveValue("Parse invoices");
  await page.getByRole("button", { name: "Send another link" }).click();
  await expect(notice(page)).toHaveText("A new link was sent. Older ones no longer work.");
});

test("a link from a letter works once and says so the second time", async ({ page }) => {
  await page.goto("/verify?token=nobody-was-sent-this-one");
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Verify your email address");
});

test("another password needs the old one, and signs other browsers out", async ({ page, browser, baseURL, signedIn }) => {
  const member = await signedIn("Larkin");
  const other = await browserOf(browser, member, baseURL!);
  await page.goto("/settings");
  await page.getByLabel("Current password").fill("not the one I have");
  await page.getByLabel("New password").fill("another long sentence");
  await page.getByRole("button", { name: "Change the password" }).click();
  await isWrong(page.getByLabel("Current password"), /not your password/);
  await expect(page.getByLabel("New password")).toHaveValue("");
  expect(await page.content()).not.toContain("another long sentence");
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByLabel("New password").fill("another long sentence");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(notice(page)).toContainText("Your password is changed.");
  await other.page.goto("/settings");
  await expect(other.page).toHaveURL(/\/sign-in/);
  await page.goto("/settings");
  await expect(page).toHaveURL("/settings");
});

test("a forgotten password is replaced by a mailed link", async ({ page, join, request }) => {
  const member = await join("Larkin");
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  const told: string[] = [];
  for (const email of [freshEmail("nobody"), member.email]) {
    await page.goto("/forgot-password");
    await page.getByLabel("Email").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page).toHaveURL("/sign-in");
    told.push(await notice(page).innerText());
  }
  expect(told[0]).toBe(told[1]);
  const token = await letter(request, member.email, /\/reset-password\?token=([\w-]+)/);
  await page.goto(`/reset-password?token=${token}`);
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Save the password" }).click();
  await isWrong(page.getByLabel("New password"), /10/);
  await page.getByLabel("New password").fill("another long sentence");
  await page.getByRole("button", { name: "Save the password" }).click();
  await expect(notice(page)).toContainText("Your password is changed");
  await page.getByLabel("Email").fill(member.email);
  await page.getByLabel("Password").fill("another long sentence");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/jobs");
});
