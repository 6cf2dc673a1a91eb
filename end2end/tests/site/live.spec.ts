import { expect, type Page } from "@playwright/test";
import { awake, browserOf, complaints } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

const badge = (page: Page) => page.locator(".page-head .status");

/** Marks the page, so that a reload would be seen: it takes the mark away. */
async function marked(page: Page) {
  await awake(page);
  await page.evaluate(() => Object.assign(window, { mark: "still the same page" }));
  return () => page.evaluate(() => (window as unknown as { mark?: string }).mark === "still the same page");
}

test("a status changes in two browsers without a reload", { tag: "@script" }, async ({ browser, baseURL, join }) => {
  const larkin = await (await join("Larkin")).deposit(1_000);
  const ferrous = await (await join("Ferrous")).profile(["coding"]);
  const job = await larkin.post("Parse invoices with a grammar");
  const offer = await ferrous.apply(job);
  const [poster, worker] = [await browserOf(browser, larkin, baseURL!), await browserOf(browser, ferrous, baseURL!)];
  const heard = [complaints(poster.page), complaints(worker.page)];
  for (const { page } of [poster, worker]) await page.goto(`/jobs/${job.id}`);
  const same = [await marked(poster.page), await marked(worker.page)];

  await larkin.accept(job, offer);
  await larkin.fund(job, offer);
  for (const { page } of [poster, worker]) await expect(badge(page)).toHaveText("In progress");
  await expect(worker.page.getByRole("textbox", { name: "The work" })).toBeVisible();
  await expect(worker.page.locator("p[role=status]")).toHaveText("Parse invoices with a grammar: funded");

  await ferrous.deliver(job);
  for (const { page } of [poster, worker]) await expect(badge(page)).toHaveText("Delivered");
  await expect(poster.page.getByRole("button", { name: /^Approve/ }).first()).toBeVisible();
  expect(await Promise.all(same.map((is) => is()))).toEqual([true, true]);
  expect(heard).toEqual([[], []]);
});

test("what arrived with the page's islands works, too", { tag: "@script" }, async ({ browser, baseURL, join }) => {
  const larkin = await (await join("Larkin")).deposit(1_000);
  const ferrous = await (await join("Ferrous")).profile(["coding"]);
  const job = await larkin.post("Parse invoices with a grammar");
  const { page } = await browserOf(browser, larkin, baseURL!);
  await page.goto(`/jobs/${job.id}`);
  await marked(page);
  const offer = await ferrous.apply(job);
  await expect(page.getByText("Ferrous").first()).toBeVisible();
  await larkin.accept(job, offer);
  // Time left came with the answer: its text moves on.
  const left = page.locator("time.countdown").first();
  await expect(left).toBeVisible();
  await expect(page.locator("leptos-island[data-asleep]")).toHaveCount(0);
});

test("whoever types is not disturbed, and shows what changed when they like", { tag: "@script" }, async ({ browser, baseURL, join }) => {
  const larkin = await (await join("Larkin")).deposit(1_000);
  const ferrous = await (await join("Ferrous")).profile(["coding"]);
  const job = await larkin.hire(ferrous, "Parse invoices with a grammar");
  const { page } = await browserOf(browser, ferrous, baseURL!);
  await page.goto(`/jobs/${job.id}`);
  const same = await marked(page);
  const work = page.getByRole("textbox", { name: "The work" });
  await work.fill("210 of 212 fixtures are");
  await larkin.call("POST", `/api/jobs/${job.id}/messages`, { body: "Two of the fixtures are wrong: skip them." });
  const changed = page.locator(".changed");
  await expect(changed).toBeVisible();
  await expect(work).toHaveValue("210 of 212 fixtures are");
  await expect(work).toBeFocused();
  await work.pressSequentially(" equal.");
  await changed.getByRole("button", { name: "Show" }).click();
  await expect(changed).toBeHidden();
  await expect(work).toHaveValue("210 of 212 fixtures are equal.");
  await expect(page.getByText("Two of the fixtures are wrong: skip them.")).toBeVisible();
  expect(await same()).toBe(true);
});

test("the focus stays where it is when something is put in before it", { tag: "@script" }, async ({ browser, baseURL, join }) => {
  const larkin = await (await join("Larkin")).deposit(1_000);
  const ferrous = await (await join("Ferrous")).profile(["coding"]);
  const job = await larkin.hire(ferrous, "Parse invoices with a grammar");
  await ferrous.deliver(job);
  const { page } = await browserOf(browser, ferrous, baseURL!);
  await page.goto(`/jobs/${job.id}`);
  const same = await marked(page);
  const version = page.locator("summary", { hasText: "Version 1" });
  await version.focus();
  await larkin.revise(job);
  await expect(page.getByRole("textbox", { name: "The work" })).toBeVisible();
  await expect(version).toBeFocused();
  expect(await same()).toBe(true);
});

test("a dashboard follows, and what was opened stays open", { tag: "@script" }, async ({ browser, baseURL, join }) => {
  const larkin = await (await join("Larkin")).deposit(1_000);
  const ferrous = await (await join("Ferrous")).profile(["coding"]);
  const { page } = await browserOf(browser, larkin, baseURL!);
  await page.goto("/hire");
  const same = await marked(page);
  await page.getByRole("button", { name: /Larkin/ }).click();
  await expect(page.getByRole("link", { name: "API keys" })).toBeVisible();
  const job = await larkin.post("Parse invoices with a grammar");
  await expect(page.getByRole("main").getByText("Parse invoices with a grammar").first()).toBeVisible();
  await ferrous.apply(job);
  await expect(page.getByRole("main").getByRole("link", { name: "Choose: Parse invoices with a grammar" })).toBeVisible();
  await expect(page.getByRole("link", { name: "API keys" })).toBeVisible();
  expect(await same()).toBe(true);
});

test("a page that was hidden catches up", { tag: "@script" }, async ({ browser, baseURL, join }) => {
  const larkin = await join("Larkin");
  const job = await larkin.post("Parse invoices with a grammar");
  const { context, page } = await browserOf(browser, larkin, baseURL!);
  await page.goto(`/jobs/${job.id}`);
  await marked(page);
  const hide = (state: string) =>
    page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await hide("hidden");
  await larkin.cancel(job);
  await hide("visible");
  await expect(badge(page)).toHaveText("Cancelled");
  await context.close();
});

test("a half-typed message survives the first message of the other side", { tag: "@script" }, async ({ browser, baseURL, join }) => {
  const larkin = await (await join("Larkin")).deposit(1_000);
  const ferrous = await (await join("Ferrous")).profile(["coding"]);
  const job = await larkin.hire(ferrous, "Parse invoices with a grammar");
  const { page } = await browserOf(browser, ferrous, baseURL!);
  await page.goto(`/jobs/${job.id}`);
  await marked(page);
  await page.getByText("Write a message").click();
  const message = page.getByRole("textbox", { name: "Message" });
  await message.fill("Two of the fixtures");
  await larkin.call("POST", `/api/jobs/${job.id}/messages`, { body: "Skip the last two." });
  await page.locator(".changed").getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("Skip the last two.")).toBeVisible();
  await expect(message).toHaveValue("Two of the fixtures");
});

test("a notice of success goes with the first change of the page", { tag: "@script" }, async ({ browser, baseURL, join }) => {
  const larkin = await (await join("Larkin")).deposit(1_000);
  const ferrous = await (await join("Ferrous")).profile(["coding"]);
  const job = await larkin.post("Parse invoices with a grammar");
  const { page } = await browserOf(browser, larkin, baseURL!);
  await page.goto(`/jobs/${job.id}`);
  await page.getByRole("button", { name: "Feature it" }).click();
  await page.getByRole("button", { name: "Pay and feature it" }).click();
  await expect(page.locator(".flash")).toContainText("Your job is featured");
  await marked(page);
  await ferrous.apply(job);
  await expect(page.getByText("Ferrous").first()).toBeVisible();
  await expect(page.locator(".flash")).toHaveCount(0);
});
