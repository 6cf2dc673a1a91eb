import { expect, type Page, request } from "@playwright/test";
import type { Member } from "../../support/api.ts";
import { notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

/** The titles of the listed jobs, as they stand. */
function titles(page: Page) {
  return page.getByRole("table", { name: "Open jobs" }).locator("tbody tr a.plain");
}

async function search(page: Page, words: string) {
  await page.getByRole("searchbox", { name: "Search jobs" }).fill(words);
  await page.getByRole("button", { name: "Search" }).click();
}

/** Posts jobs one after the other, so that their order is known, under a word nobody else uses. */
async function posted(poster: Member, count: number) {
  const word = `lot${poster.email.match(/-(\w{8})@/)![1]}`;
  for (let n = 1; n <= count; n += 1) {
    const category = n % 3 === 0 ? "writing" : "coding";
    await poster.post(`${word} number ${n}`, { category, budget_max: n * 1_000 });
  }
  return word;
}

test("forty-five jobs are three pages, newest first, and every page keeps the search", { tag: "@narrow" }, async ({ page, join }) => {
  const word = await posted(await join("Larkin"), 45);
  await page.goto("/jobs");
  await search(page, word);
  const pager = page.getByRole("navigation", { name: "Pages" });
  await expect(titles(page)).toHaveCount(20);
  await expect(titles(page).first()).toHaveText(`${word} number 45`);
  await expect(pager).toContainText("1–20 of 45");
  await expect(pager.getByRole("link", { name: "Previous" })).toBeDisabled();

  await pager.getByRole("link", { name: "Next" }).click();
  await expect(pager).toContainText("21–40 of 45");
  await expect(titles(page).first()).toHaveText(`${word} number 25`);
  await pager.getByRole("link", { name: "Next" }).click();
  await expect(pager).toContainText("41–45 of 45");
  await expect(titles(page)).toHaveText([5, 4, 3, 2, 1].map((n) => `${word} number ${n}`));
  await expect(pager.getByRole("link", { name: "Next" })).toBeDisabled();
  await expect(page.getByRole("searchbox")).toHaveValue(word);

  await pager.getByRole("link", { name: "Previous" }).click();
  await expect(pager).toContainText("21–40 of 45");
  await page.goBack();
  await expect(pager).toContainText("41–45 of 45");
});

test("a page beyond the end says so and leads back", async ({ page, join }) => {
  const word = await posted(await join("Larkin"), 21);
  await page.goto(`/jobs?q=${word}&offset=400`);
  const pager = page.getByRole("navigation", { name: "Pages" });
  await expect(pager).toContainText("Nothing here; the list has 21");
  await expect(page.getByText("No jobs match")).toBeHidden();
  await pager.getByRole("link", { name: "Previous" }).click();
  await expect(titles(page)).toHaveText([`${word} number 1`]);
  await page.goto(`/jobs?q=${word}+number+21&offset=20`);
  await expect(pager).toContainText("Nothing here; the list has 1");
  await pager.getByRole("link", { name: "Previous" }).click();
  await expect(titles(page)).toHaveText([`${word} number 21`]);
});

test("filters narrow the list together, stay chosen, and can be cleared", async ({ page, join }) => {
  const word = await posted(await join("Larkin"), 9);
  await page.goto("/jobs");
  await page.getByRole("combobox", { name: "Category" }).selectOption("Writing");
  await page.getByRole("combobox", { name: "Budget" }).selectOption("Over 50 USD");
  await search(page, word.toUpperCase());
  await expect(titles(page)).toHaveText([9, 6].map((n) => `${word} number ${n}`));
  await expect(page.getByRole("combobox", { name: "Category" })).toHaveValue("writing");
  await expect(page.getByRole("combobox", { name: "Budget" })).toHaveValue("50");
  await expect(page).toHaveURL(/q=.*category=writing.*least=50/);
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).toHaveURL("/jobs");
  await expect(page.getByRole("searchbox")).toHaveValue("");
});

test("what was searched for is taken literally", async ({ page, join }) => {
  const poster = await join("Larkin");
  const word = await posted(poster, 1);
  await poster.post(`${word} 100% done_right "quoted" & more`);
  for (const [words, count] of [[`${word} 100%`, 1], ["%", null], [`${word} 1_0`, 0], ['" onfocus=alert(1) x="', 0], [`${word} 100% done_right "quoted" & more`, 1]] as const) {
    await page.goto("/jobs");
    await search(page, words);
    await expect(page.getByRole("searchbox")).toHaveValue(words);
    if (count !== null) await expect(titles(page)).toHaveCount(count);
  }
});

test("a search that finds nothing says how to find more", async ({ page }) => {
  await page.goto("/jobs?q=nobody-ever-posted-this");
  await expect(page.getByText("No jobs match")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL("/jobs");
});

test("an agent sees the jobs of its kinds, and the way to all", async ({ page, join, signedIn }) => {
  const word = await posted(await join("Larkin"), 3);
  await (await signedIn("Quill")).profile(["writing"]);
  await page.goto("/jobs");
  await page.getByRole("link", { name: "Matching my agent" }).click();
  await search(page, word);
  await expect(titles(page)).toHaveText([`${word} number 3`]);
  await expect(page.getByRole("link", { name: "Matching my agent" })).toHaveAttribute("aria-current", "page");
});

test("new members find every list empty, and what to do about it", async ({ page, signedIn }) => {
  const member = await signedIn("Newcomer");
  await page.goto("/hire");
  const steps = page.getByRole("region", { name: "First steps" }).getByRole("listitem");
  await expect(steps).toHaveText([/Verify your email address, done/, /Deposit money/, /Post your first job/]);
  await expect(steps.nth(1)).toHaveAttribute("aria-current", "step");
  await page.goto("/wallet");
  await expect(page.getByText("Nothing moved yet")).toBeVisible();
  await page.goto("/work");
  await expect(steps.nth(1).getByRole("link", { name: "Create your work profile" })).toBeVisible();
  await member.profile(["finance"]);
  await page.goto("/work");
  await expect(steps).toHaveText([/Verify your email address, done/, /Create your work profile, done/, /Apply for a job/]);
  await expect(page.getByText("No active jobs.")).toBeVisible();
  await expect(page.getByText("You have not applied yet.")).toBeVisible();
  await expect(page.getByText("Nothing is cooling down.")).toBeVisible();
  const job = await member.post("Parse invoices with a grammar");
  await page.goto("/hire");
  await expect(steps, "the list ended with its last step").toHaveCount(0);
  await page.goto(`/jobs/${job.id}`);
  await expect(page.getByText("No applications yet")).toBeVisible();
});

test("a key is shown once, works until it is revoked, and is refused from then on", async ({ page, baseURL, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/settings/keys");
  await page.getByLabel("Name").fill("The night run");
  await page.getByRole("checkbox", { name: "Read jobs" }).uncheck();
  await page.getByRole("checkbox", { name: "Read the wallet" }).check();
  await page.getByRole("button", { name: "Create the key" }).click();
  await expect(notice(page)).toHaveText("The key “The night run” is made.");
  const shown = page.locator(".secret");
  await expect(shown).toContainText(/^age_\w+/);
  const secret = (await shown.innerText()).trim();

  const http = await request.newContext({ baseURL, extraHTTPHeaders: { "X-API-Key": secret } });
  expect((await http.get("/api/wallet")).status()).toBe(200);
  await page.reload();
  await expect(shown).toBeHidden();
  expect(await page.content()).not.toContain(secret);
  const row = page.getByRole("row").filter({ hasText: "The night run" });
  await expect(row).toContainText(secret.slice(-4));

  await page.getByRole("button", { name: "Revoke The night run" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke the key" }).click();
  await expect(notice(page)).toHaveText("The key “The night run” is revoked.");
  await expect(row).toBeHidden();
  expect((await http.get("/api/wallet")).status()).toBe(401);
});

test("a key may do what was ticked and nothing else", async ({ page, baseURL, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/settings/keys");
  await page.getByLabel("Name").fill("Reader");
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(1);
  await expect(page.getByLabel("Expires")).toHaveValue("90");
  await page.getByLabel("Expires").selectOption("In 30 days");
  await page.getByRole("button", { name: "Create the key" }).click();
  const secret = (await page.locator(".secret").innerText()).trim();
  await expect(page.getByRole("row").filter({ hasText: "Reader" })).toContainText("jobs:read");
  const http = await request.newContext({ baseURL, extraHTTPHeaders: { "X-API-Key": secret } });
  expect((await http.get("/api/wallet")).status()).toBe(403);
  expect((await http.post("/api/agent/jobs", { data: {} })).status()).toBe(403);
});

test("a key that may do nothing is not made: somebody forgot to tick", async ({ page, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/settings/keys");
  await page.getByLabel("Name").fill("Forgotten");
  await page.getByRole("checkbox", { name: "Read jobs" }).uncheck();
  await page.getByRole("button", { name: "Create the key" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Forgotten" })).toBeHidden();
});

test("a long list of keys has pages", async ({ page, signedIn }) => {
  const member = await signedIn("Larkin");
  for (let n = 1; n <= 20; n += 1) await member.inPerson("POST", "/v1/auth/api-keys", { name: `key ${n}` });
  await page.goto("/settings/keys");
  const pager = page.getByRole("navigation", { name: "Pages" });
  await expect(pager).toContainText("1–20 of 21");
  await pager.getByRole("link", { name: "Next" }).click();
  await expect(page.getByRole("row").filter({ hasText: "tests" })).toBeVisible();
});
