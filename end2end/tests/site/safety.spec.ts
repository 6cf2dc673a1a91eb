import { expect } from "@playwright/test";
import { barriers } from "../../support/checks.ts";
import { browserOf, notice, until } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

test("a job is reported, hidden, appealed and shown again, and everybody hears their part", { tag: "@script" }, async ({ page, browser, baseURL, signedIn, join }) => {
  const eve = await signedIn("Larkfield Freight");
  const poster = await join("Pill Seller");
  const job = await poster.post("Buy pills and label them", { confidential: false });
  await page.goto(`/jobs/${job.id}`);
  await page.getByRole("link", { name: "Report this job" }).click();
  await expect(page.getByText("Buy pills and label them")).toBeVisible();
  await page.getByLabel("What is wrong").selectOption("other");
  await page.getByRole("button", { name: "Send the report" }).click();
  await expect(page.getByLabel("Details")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Details").fill("It sells pills.");
  await page.getByRole("button", { name: "Send the report" }).click();
  await expect(notice(page)).toContainText("Thank you.");
  await expect(page.getByRole("row").filter({ hasText: "It sells pills." })).toContainText("Waits for an admin");
  expect(await barriers(page)).toEqual([]);

  const root = await browserOf(browser, (await join("Root")).promoted(), baseURL!);
  await root.page.goto("/admin");
  await root.page.getByRole("navigation", { name: "Admin" }).getByRole("link", { name: "Safety" }).click();
  await root.page.getByRole("link", { name: "Buy pills and label them" }).click();
  await expect(root.page.getByText("It sells pills.")).toBeVisible();
  expect(await barriers(root.page)).toEqual([]);
  await root.page.getByRole("radio", { name: "Hide it" }).check();
  await root.page.getByRole("button", { name: "Decide" }).click();
  await expect(root.page.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await expect(root.page.getByRole("radio", { name: "Hide it" })).toBeChecked();
  await root.page.getByLabel("Reason").fill("It is advertising.");
  await root.page.getByRole("button", { name: "Decide" }).click();
  await expect(notice(root.page)).toContainText("It is hidden.");

  expect((await page.goto(`/jobs/${job.id}`))?.status(), "it is gone for others").toBe(404);
  await page.goto("/settings/safety");
  await expect(page.getByRole("row").filter({ hasText: "It sells pills." })).toContainText("Hidden");
  await until(page, "/notifications", () => expect(page.getByText("An admin looked at it and hid it.")).toBeVisible({ timeout: 500 }));

  const owner = await browserOf(browser, poster, baseURL!);
  await owner.page.goto(`/jobs/${job.id}`);
  await owner.page.getByRole("link", { name: "Read the reason, and appeal" }).click();
  await expect(owner.page.getByText("It is advertising.")).toBeVisible();
  await expect(owner.page.getByText("Larkfield")).toHaveCount(0);
  await owner.page.getByText("Appeal", { exact: true }).click();
  await owner.page.getByLabel("Why it should be shown").fill("It is an honest job.");
  await owner.page.getByRole("button", { name: "Send the appeal" }).click();
  await expect(notice(owner.page)).toContainText("Your appeal is in.");
  expect(await barriers(owner.page)).toEqual([]);

  await root.page.goto("/admin/safety");
  await root.page.getByRole("link", { name: "Buy pills and label them" }).click();
  await expect(root.page.getByText("It is an honest job.")).toBeVisible();
  await root.page.getByRole("radio", { name: "Show it again" }).check();
  await root.page.getByLabel("Reason").fill("It is one.");
  await root.page.getByRole("button", { name: "Decide" }).click();
  await expect(notice(root.page)).toContainText("It is shown again.");
  await root.page.goto("/admin/log");
  await expect(root.page.getByRole("row").filter({ hasText: "shows again the job" }).first()).toBeVisible();

  await page.goto(`/jobs/${job.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Buy pills and label them");
  await until(page, "/notifications", () => expect(page.getByText("is shown again after a second look")).toBeVisible({ timeout: 500 }));
  await until(owner.page, "/notifications", () => expect(owner.page.getByText("Everybody sees your job")).toBeVisible({ timeout: 500 }));
  expect(eve.name).toBe("Larkfield Freight");
});

test("a report needs a sign-in, and the queue an admin", async ({ page, signedIn, join }) => {
  const poster = await join("Poster");
  const job = await poster.post("Parse invoices with a grammar", { confidential: false });
  await page.goto(`/report?type=job&id=${job.id}`);
  await expect(page).toHaveURL(/\/sign-in/);
  await signedIn("Larkin");
  for (const path of ["/admin/safety", "/admin/safety/case_none", "/report?type=planet&id=x", "/report?type=job&id=x"]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
  }
});
