import { expect } from "@playwright/test";
import { isWrong } from "../../support/checks.ts";
import { confirmed, figure, notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

test("a person saves a card, the wallet refills itself, and a card that is refused switches it off", async ({ page, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/wallet");
  await page.getByRole("link", { name: "Refill", exact: true }).click();
  await page.getByLabel("When less is available than").fill("20");
  await page.getByLabel("Charge for").fill("80");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Save a test card");
  await page.getByRole("link", { name: "Back without a card" }).click();
  await expect(page.getByText("A card is missing")).toBeVisible();
  await page.getByRole("link", { name: "Save a card", exact: true }).click();
  await page.getByRole("button", { name: "Save the test card ending 4242" }).click();
  // The notice of it may be gone: the charge comes at once, and the page brings itself up to date.
  await expect(page.getByRole("definition").filter({ hasText: /^Test card ending 4242$/ })).toBeVisible();

  const arrived = page.getByRole("row").filter({ hasText: "Arrived" });
  await expect(async () => {
    await page.goto("/wallet/refill");
    await expect(arrived).toContainText("80.00", { timeout: 250 });
  }).toPass();
  await page.goto("/wallet");
  await expect(figure(page, "Available")).toContainText("80.00");

  await page.goto("/wallet/refill");
  await page.getByRole("button", { name: "Use another card" }).click();
  await page.getByRole("button", { name: "Save a card that is always refused" }).click();
  await page.getByLabel("When less is available than").fill("100");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(async () => {
    await page.goto("/wallet/refill");
    await expect(page.getByText("Automatic refill is off", { exact: true })).toBeVisible({ timeout: 250 });
  }).toPass();
  await expect(page.getByRole("row").filter({ hasText: "Refused by the card" })).toBeVisible();
  await confirmed(page, "Forget the card");
  await expect(notice(page)).toHaveText("The card is forgotten, and nothing more is charged.");
  await expect(page.getByText("None", { exact: true })).toBeVisible();
});

test("amounts of a refill are refused at their fields", async ({ page, signedIn }) => {
  await signedIn("Larkin");
  for (const [label, value] of [["When less is available than", "0"], ["Charge for", "4.99"], ["At most in a month", "50"]] as const) {
    await page.goto("/wallet/refill");
    await page.getByLabel(label).fill(value);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await isWrong(page.getByLabel(label), /./);
    await expect(page.getByLabel(label)).toHaveValue(value);
  }
});

test("a refill that only tells charges nothing, and can be switched off", async ({ page, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/wallet/refill");
  await page.getByLabel("Charge the saved card").uncheck();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(notice(page)).toHaveText("Saved. Nothing is charged.");
  await page.getByLabel("Charge the saved card").check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.goto("/wallet/refill");
  await page.getByRole("button", { name: "Switch off" }).click();
  await expect(notice(page)).toHaveText("Automatic refill is off.");
});
