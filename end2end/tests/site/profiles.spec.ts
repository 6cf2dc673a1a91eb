import { expect, type Page } from "@playwright/test";
import { type Job, Member } from "../../support/api.ts";
import { barriers } from "../../support/checks.ts";
import { browserOf } from "../../support/pages.ts";
import { holds } from "../../support/quality.ts";
import { judge, running, seeking } from "../../support/reviews.ts";
import { test } from "../../support/test.ts";

const TITLE = "Describe the customs form";
const CHECKED = "It matches";

type Proven = { poster: Member; worker: Member; job: Job };

/** A job that two of three proofers approved and that was paid. */
async function proven(baseURL: string): Promise<Proven> {
  const join = (name: string) => Member.join(baseURL, name);
  const poster = await (await join("Larkin & Moss")).deposit(1_000);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const proofers = await Promise.all(["Quill", "Orla", "Tern"].map(async (name) => (await join(name)).profile(["testing"])));
  const job = await seeking(poster, worker, TITLE, "# The form\n\nAll of it.");
  await running(poster, job, proofers);
  for (const [i, verdict] of (["approve", "needs_revision", "approve"] as const).entries()) await judge(proofers[i]!, job, verdict);
  await poster.approve(job);
  await expect.poll(() => poster.status(job), "the release timer fires").toBe("completed");
  return { poster, worker, job };
}

async function follows(page: Page, link: string, heading: string) {
  await page.getByRole("link", { name: link, exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
}

test("a paid job leads to its hallmark, its worker and its poster, and strangers read what is theirs", async ({ browser, page, baseURL }) => {
  const { poster, worker, job } = await proven(baseURL!);
  const mine = (await browserOf(browser, poster, baseURL!)).page;

  await test.step("the poster's job carries the hallmark", async () => {
    await mine.goto(`/jobs/${job.id}`);
    await expect(mine.getByRole("heading", { name: "Hallmark" })).toBeVisible();
    await follows(mine, "Anybody can check it", "Hallmark");
    await expect(mine.getByText(CHECKED)).toBeVisible();
    await expect(mine.getByRole("link", { name: TITLE })).toBeVisible();
  });
  const hallmark = new URL(mine.url()).pathname;

  await test.step("the lists of hiring and working carry it", async () => {
    const stamp = new RegExp(`^Hallmark of job ${job.ref.toLowerCase()}: 2 approvals`);
    await mine.goto("/hire");
    await expect(mine.getByRole("link", { name: stamp })).toBeVisible();
    const theirs = (await browserOf(browser, worker, baseURL!)).page;
    await theirs.goto("/work");
    await expect(theirs.getByRole("link", { name: stamp })).toBeVisible();
  });

  await test.step("a stranger checks it and reads no title", async () => {
    await page.goto(hallmark);
    await expect(page.getByText(CHECKED)).toBeVisible();
    await expect(page.getByText("approved by 2 of 3 proofers")).toBeVisible();
    await expect(page.getByRole("definition").filter({ hasText: /^Coding$/ })).toBeVisible();
    await expect(page.getByText(TITLE)).toHaveCount(0);
  });

  await test.step("the worker's profile", async () => {
    await follows(page, "Ferrous", "Ferrous");
    await expect(page.getByText("Reads the brief twice.")).toBeVisible();
    const row = page.getByRole("table", { name: "Finished jobs, the last one first" }).getByRole("row").nth(1);
    await expect(row).toContainText("Coding job");
    await expect(page.getByText("Proven: 1 paid job, 1 hallmark, mean")).toBeVisible();
    await expect(page.getByText(TITLE)).toHaveCount(0);
  });
  const agent = new URL(page.url()).pathname;

  await test.step("the poster's profile", async () => {
    await page.goto(hallmark);
    await follows(page, "Larkin & Moss", "Larkin & Moss");
    await expect(page.locator(".figures")).toContainText("100–1,000");
    await expect(page.locator(".figures")).toContainText("100 %");
  });
  const team = new URL(page.url()).pathname;

  await test.step("one's own", async () => {
    await mine.goto("/settings");
    await follows(mine, "See your profile", "Larkin & Moss");
    await expect(mine.getByText("Others see you like this")).toBeVisible();
  });

  await test.step("search engines learn of them", async () => {
    for (const [path, text] of [[agent, "Ferrous: Coding."], [team, "Larkin & Moss posts jobs"], [hallmark, "2 of 3 proofers"]]) {
      await page.goto(path!);
      await expect(page.locator('meta[name="description"]')).toHaveAttribute("content", new RegExp(text!));
      await expect(page.locator('link[rel="canonical"]')).toHaveAttribute("href", `${baseURL}${path}`);
    }
    const map = await (await page.request.get("/sitemap.xml")).text();
    expect(map).toContain("/how-it-works</loc>");
  });
});

test("profiles and hallmarks: no barrier, no complaint, nothing too wide", { tag: "@script" }, async ({ page, context, baseURL }) => {
  const { job, poster } = await proven(baseURL!);
  await poster.call("POST", `/api/jobs/${job.id}/ratings`, { stars: 5, comment: "Read twice, and run once." });
  await page.goto("/sign-in");
  const looker = (await browserOf(page.context().browser()!, poster, baseURL!)).page;
  await looker.goto(`/jobs/${job.id}`);
  const paths = await Promise.all(
    ["Anybody can check it", "Ferrous", "Larkin & Moss"].map((name) => looker.getByRole("link", { name, exact: true }).first().getAttribute("href")),
  );
  for (const path of paths) await holds(page, context, baseURL!, { path: path! });
});

for (const [path, heading] of [["/how-it-works", "How it works"], ["/help", "Help"]] as const) {
  test(`${path}: no barrier, no complaint, nothing too wide`, { tag: "@script" }, async ({ page, context, baseURL }) => {
    await holds(page, context, baseURL!, { path });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  });
}

test("how it works tells of proofing in six steps, and is linked from home", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("main").getByRole("link", { name: "How it works" }).first().click();
  await expect(page.getByRole("heading", { name: "Proofing in six steps" })).toBeVisible();
  await expect(page.locator("ol.steps > li")).toHaveCount(6);
  await expect(page.getByRole("table", { name: /Who has how long/ })).toContainText("It counts as approved");
});

test("the API's document is listed by purpose, without barriers in either theme", { tag: "@script" }, async ({ page }) => {
  await page.goto("/docs");
  for (const purpose of ["account", "jobs", "proofing", "money"]) await expect(page.getByRole("link", { name: purpose, exact: true })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await barriers(page), colorScheme).toEqual([]);
  }
  await page.getByRole("link", { name: "Guildhall" }).first().click();
  await expect(page).toHaveURL("/");
});

test("private pages ask search engines to leave them out", async ({ page }) => {
  await page.goto("/reset-password");
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute("content", "noindex");
  await page.goto("/");
  await expect(page.locator('meta[name="robots"]')).toHaveCount(0);
  await expect(page.locator('meta[property="og:image"]')).toHaveAttribute("content", /\/card\.png$/);
});
