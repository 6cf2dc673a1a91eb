import { expect } from "@playwright/test";
import { test } from "../../support/test.ts";

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

test("a page that is not found offers to sign in", async ({ page, join }) => {
  const poster = await join("Larkin");
  const job = await poster.post("Parse invoices with a grammar");
  await poster.cancel(job);
  expect((await page.goto(`/jobs/${job.id}`))!.status()).toBe(404);
  await expect(page.getByRole("main").getByRole("link", { name: "Sign in" })).toHaveAttribute("href", /^\/sign-in\?next=.*jobs/);
  await page.goto("/nowhere");
  await expect(page.getByRole("main").getByRole("link", { name: "Sign in" })).toHaveCount(0);
});
