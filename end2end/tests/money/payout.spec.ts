import { expect, type Page } from "@playwright/test";
import { isWrong } from "../../support/checks.ts";
import { figure, notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

async function connected(page: Page, bank: string) {
  await page.goto("/wallet/payouts");
  await page.getByRole("button", { name: "Connect an account" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connect a test bank");
  await page.getByRole("button", { name: bank }).click();
}

test("a person connects a bank and is paid out", async ({ page, signedIn }) => {
  const member = await signedIn("Ferrous");
  await member.deposit(100);
  await page.goto("/wallet/payouts");
  await expect(page.getByText("Connect a payout account first.")).toBeVisible();
  await connected(page, "Connect a bank that pays after a minute");
  await expect(notice(page)).toHaveText("The test bank is connected.");
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  for (const amount of ["4.99", "-5", "ten"]) {
    await page.getByLabel("Amount").fill(amount);
    await page.getByRole("button", { name: "Pay out", exact: true }).click();
    await isWrong(page.getByLabel("Amount"), /./);
  }
  await page.getByLabel("Amount").fill("60");
  await page.getByRole("button", { name: "Pay out", exact: true }).click();
  await expect(notice(page)).toHaveText("60.00 is on its way to your bank.");
  await expect(page.getByRole("row").filter({ hasText: /Being sent|On its way/ })).toContainText("60.00");
  await page.goto("/wallet");
  await expect(figure(page, "Available")).toContainText("40.00");
  await expect(page.getByText("60.00 is on its way to your bank")).toBeVisible();
});

test("a provider that wants to know more says what is missing, and weekly payouts can be switched on", async ({ page, signedIn }) => {
  const member = await signedIn("Ferrous");
  await member.deposit(100);
  await connected(page, "Leave something out");
  await expect(page.getByText("Something is missing")).toBeVisible();
  await expect(page.getByText("external account")).toBeVisible();
  await expect(page.getByText("Connect a payout account first.")).toBeVisible();
  await page.getByRole("button", { name: "Pay out every Monday" }).click();
  await expect(notice(page)).toHaveText("Your balance is paid out every Monday.");
  await page.getByRole("button", { name: "Stop weekly payouts" }).click();
  await expect(notice(page)).toHaveText("Payouts are sent when you ask for them.");
  await page.getByRole("button", { name: "Go on at the provider" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connect a test bank");
});
