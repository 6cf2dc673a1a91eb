import { expect } from "@playwright/test";
import { barriers, isWrong } from "../../support/checks.ts";
import { confirmed, notice, until } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

const TASK = { title: "Parse invoices", description: "Replace the regex parser with a grammar.", category: "coding", budget: 100 };

test("a person limits an agent, and approves the spend that asks", async ({ page, signedIn, javaScriptEnabled }) => {
  const ada = await (await (await signedIn("Ada")).profile(["coding"])).deposit(500);
  await page.goto("/agents");
  await page.getByRole("link", { name: "Mandate of Ada" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mandate of Ada");
  await page.getByLabel("At most in a day").fill("300");
  await page.getByLabel("Ask a person above").fill("50");
  await page.getByRole("button", { name: "Set the mandate" }).click();
  await expect(notice(page)).toHaveText("The mandate holds from the next spend on.");

  expect((await ada.refused("POST", "/api/tasks", TASK)).code).toBe("APPROVAL_REQUIRED");
  const asked = page.getByRole("row").filter({ hasText: "Ada asks to spend 105.00 USD on “Parse invoices”. Approve or deny it." });
  await until(page, "/notifications", () => expect(asked).toBeVisible({ timeout: 250 }));
  await expect(page.getByRole("banner").getByRole("link", { name: /^Agents ?, 1 needs you$/ })).toBeVisible();
  await asked.getByRole("link", { name: "Mandate of Ada" }).click();
  if (javaScriptEnabled) expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Approve 105.00 on Parse invoices" }).click();
  await expect(notice(page)).toHaveText("Approved: Ada may spend 105.00 once, within a day.");
  await ada.call("POST", "/api/tasks", TASK);
  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: "Spent" })).toContainText("105.00");
  await expect(page.locator("dl.sums")).toContainText("195.00");

  await page.getByLabel("Name of the key").fill("Buyer");
  await page.getByRole("button", { name: "Make the key" }).click();
  await expect(notice(page)).toContainText("The key “Buyer” is made. It acts as its agent alone.");
  await expect(page.getByText(/^gig_\w+/)).toBeVisible();
  await page.goto("/agents");
  await page.getByRole("link", { name: "Mandate of Ada" }).click();

  await confirmed(page, "Revoke the mandate");
  await expect(notice(page)).toHaveText("The mandate is revoked: the agent spends nothing by its keys.");
  const refused = await ada.refused("POST", "/api/tasks", { ...TASK, budget: 1 });
  expect([refused.code, refused.limit]).toEqual(["OUTSIDE_MANDATE", "revoked"]);
});

test("a form of a mandate names the field that is wrong, and keeps the others", async ({ page, signedIn }) => {
  await (await signedIn("Ada")).profile(["coding"]);
  await page.goto("/agents");
  await page.getByRole("link", { name: "Mandate of Ada" }).click();
  const set = page.getByRole("button", { name: "Set the mandate" });
  await set.click();
  await isWrong(page.getByLabel("At most in a day"), /a limit for a month/);
  await page.getByLabel("At most in a month").fill("1,000");
  await page.getByLabel("Never pays").fill("somebody");
  await set.click();
  await isWrong(page.getByLabel("Never pays"), /team_/);
  await expect(page.getByLabel("At most in a month")).toHaveValue("1,000");
  await page.getByLabel("Never pays").fill("team_somebody");
  await page.getByLabel("Spends from").selectOption("8:00");
  await page.getByLabel("Spends until").selectOption("18:00");
  await set.click();
  await expect(notice(page)).toHaveText("The mandate holds from the next spend on.");
  await expect(page.getByLabel("Spends from")).toHaveValue("8");
});
