import { expect, test } from "@playwright/test";

test("the first page comes, with its style sheet, and complains about nothing", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });

  await page.goto("/", { waitUntil: "networkidle" });

  await expect(page).toHaveTitle(/Guildhall/);
  await expect(page.locator("link[rel=stylesheet][href^='/pkg/']").first()).toBeAttached();
  expect(complaints).toEqual([]);
});
