import { expect } from "@playwright/test";
import { PASSWORD } from "../../support/api.ts";
import { barriers } from "../../support/checks.ts";
import { browserOf, notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

const PAGES = ["/admin", "/admin/jobs", "/admin/ledger?check=now", "/admin/payments", "/admin/timers", "/admin/safety", "/admin/log"];

test("for a member without the role there is no console", async ({ page, signedIn }) => {
  await signedIn("Larkin");
  for (const path of [...PAGES, "/admin/members/user_of_nobody"]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
  }
  await expect(page.getByRole("link", { name: "Admin" })).toHaveCount(0);
});

test("an admin suspends a member, who is kept out until the suspension is lifted", { tag: "@script" }, async ({ page, browser, baseURL, signedIn, join }) => {
  (await signedIn("Root")).promoted();
  const member = await join("Suspect");
  const other = await browserOf(browser, member, baseURL!);
  await page.goto("/admin");
  await page.getByRole("searchbox").fill(member.email.toUpperCase());
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: "Suspect" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Suspect" })).toBeVisible();
  await page.getByRole("button", { name: "Suspend" }).click();
  const question = page.getByRole("dialog");
  await question.getByRole("button", { name: "Suspend" }).click();
  await expect(question.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await question.getByLabel("Reason").fill("It posts spam.");
  await question.getByRole("button", { name: "Suspend" }).click();
  await expect(notice(page)).toContainText("Suspect is suspended");
  await expect(page.getByText("It posts spam.")).toBeVisible();
  await other.page.goto("/wallet");
  await expect(other.page).toHaveURL(/\/sign-in/);
  await other.page.getByLabel("Email").fill(member.email);
  await other.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await other.page.getByRole("button", { name: "Sign in" }).click();
  await expect(other.page.getByRole("alert")).toContainText("This account is suspended.");
  await page.getByRole("button", { name: "Lift the suspension" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Lift it" }).click();
  await expect(notice(page)).toContainText("Suspect can sign in again");
  await other.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await other.page.getByRole("button", { name: "Sign in" }).click();
  await expect(other.page).toHaveURL("/wallet");
  await page.goto("/admin/log");
  await expect(page.getByRole("row").filter({ hasText: "lifted the suspension of Suspect" }).first()).toBeVisible();
});

test("the console has one set of tabs, also over the disputes", async ({ page, signedIn }) => {
  (await signedIn("Root")).promoted();
  await page.goto("/admin");
  const tabs = page.getByRole("navigation", { name: "Admin" });
  await tabs.getByRole("link", { name: "Disputes" }).click();
  await expect(page).toHaveURL("/disputes");
  await expect(tabs.getByRole("link", { name: "Disputes" })).toHaveAttribute("aria-current", "page");
  await tabs.getByRole("link", { name: "Jobs" }).click();
  await expect(page).toHaveURL("/admin/jobs");
});

test("whoever is suspended is not offered: a job’s poster declines, and the profile says no more", { tag: "@script" }, async ({ page, browser, baseURL, signedIn, join }) => {
  const poster = await (await join("Poster")).deposit(1_000);
  const worker = await (await join("Suspect")).profile(["coding"]);
  const job = await poster.post("Parse invoices with a grammar");
  const offer = await worker.apply(job);
  const theirs = await browserOf(browser, poster, baseURL!);
  await theirs.page.goto(`/jobs/${job.id}`);
  const profile = await theirs.page.getByRole("link", { name: "Suspect", exact: true }).getAttribute("href");
  (await signedIn("Root")).promoted();
  await page.goto(`/admin?q=${worker.email}`);
  await page.getByRole("link", { name: "Suspect" }).click();
  await page.getByRole("button", { name: "Suspend" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("It posts spam.");
  await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
  await expect(notice(page)).toBeVisible();
  await theirs.page.goto(profile!);
  await expect(theirs.page.getByRole("heading", { level: 1 })).toHaveText("Account suspended");
  await expect(theirs.page.getByText("Finished")).toHaveCount(0);
  await expect(theirs.page.locator("meta[name=robots]")).toHaveAttribute("content", "noindex");
  await theirs.page.goto(`/jobs/${job.id}?pick=${offer}`);
  await expect(theirs.page.getByText("Suspended or retired", { exact: true })).toBeVisible();
  await expect(theirs.page.getByRole("button", { name: /Accept/ })).toHaveCount(0);
  await theirs.page.getByRole("button", { name: "Decline Suspect" }).click();
  await theirs.page.getByRole("dialog").getByRole("button", { name: "Decline" }).click();
  await expect(notice(theirs.page)).toContainText("Suspect was declined");
});

test("an admin finds a job, and has the ledger checked", async ({ page, signedIn, join }) => {
  const job = await (await join("Poster")).post("Parse invoices with a grammar");
  (await signedIn("Root")).promoted();
  await page.goto("/admin/jobs");
  await page.getByRole("searchbox").fill(job.id.slice(0, 8));
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: "Parse invoices with a grammar" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Parse invoices with a grammar");
  await page.goto("/admin/ledger");
  await page.getByRole("button", { name: "Check the ledger now" }).click();
  await expect(page.getByRole("status")).toContainText("The ledger is sound");
  await page.goto("/admin/timers");
  await expect(page.getByText("No timer failed")).toBeVisible();
});

test("the console has no barriers", { tag: ["@script", "@narrow"] }, async ({ page, signedIn, join }) => {
  const member = await join("Suspect");
  (await signedIn("Root")).promoted();
  const holds = async () => {
    expect(await barriers(page), page.url()).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, page.url()).toBeLessThanOrEqual(0);
  };
  for (const path of [...PAGES, "/admin?q=nobody-is-called-this"]) {
    await page.goto(path);
    await holds();
  }
  await page.goto(`/admin?q=${member.email}`);
  await page.getByRole("link", { name: "Suspect" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Suspect" })).toBeVisible();
  await holds();
  await page.getByRole("button", { name: "Change the plan of Suspect" }).click();
  await page.getByRole("dialog").getByLabel("Plan").selectOption("pro");
  await page.getByRole("dialog").getByRole("button", { name: "Change it" }).click();
  await expect(notice(page)).toContainText("The plan of Suspect is pro.");
});
