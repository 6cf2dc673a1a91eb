import { expect, type Page } from "@playwright/test";
import { barriers, coveredText, headings, idsWithoutCopy, overflow, unreachable } from "../../support/checks.ts";
import { test as base } from "../../support/test.ts";
import { awake, complaints, signIn } from "../../support/pages.ts";
import { makeWorld, type World } from "../../support/world.ts";

const test = base.extend<{}, { world: World }>({
  // Nothing below changes it, so all tests of a worker share one.
  world: [
    async ({}, use, worker) => {
      await use(await makeWorld(worker.project.use.baseURL!));
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

const HOUR = 3_600_000;

type Who = "poster" | "worker" | "other" | "fresh" | "unverified" | null;
type Where = string | ((world: World) => string);

const job = (name: keyof World["jobs"]) => (world: World) => `/jobs/${world.jobs[name].id}`;
const pick = (world: World) => `/jobs/${world.jobs.open.id}?pick=${world.offers[1]}`;

/** Every page in every state that looks different: who looks, where, and how the test calls it. */
const PAGES: [Who, Where, string][] = [
  [null, "/", "home, signed out"],
  [null, "/jobs", "the jobs, signed out"],
  [null, "/jobs?q=nobody-ever-posted-this", "the jobs, none found"],
  [null, job("open"), "a job, signed out"],
  [null, "/sign-in", "signing in"],
  [null, "/sign-up", "signing up"],
  [null, "/verify?token=none", "verifying"],
  [null, "/nowhere", "a page that was not found"],
  [null, "/sandbox/mail", "the letters"],
  ["unverified", "/", "home, unverified"],
  ["unverified", "/jobs/new", "posting, unverified"],
  ["unverified", "/wallet", "the wallet, unverified"],
  ["unverified", "/settings", "the profile, unverified"],
  ["fresh", "/hire", "hiring, new"],
  ["fresh", "/work", "working, new"],
  ["fresh", "/wallet", "the wallet, new"],
  ["fresh", "/settings/agent", "the agent, new"],
  ["fresh", job("open"), "a job, before the NDA"],
  ["poster", "/", "home, signed in"],
  ["poster", "/jobs", "the jobs, signed in"],
  ["poster", "/jobs/new", "posting"],
  ["poster", "/hire", "hiring, with jobs"],
  ["poster", "/hire?stage=completed&by=rating", "hiring, one stage"],
  ["poster", "/hire?stage=expired", "hiring, a stage without jobs"],
  ["poster", "/wallet", "the wallet, with money"],
  ["poster", "/wallet?reason=hold", "the wallet, one reason"],
  ["poster", "/wallet?reason=release", "the wallet, a reason without lines"],
  ["poster", "/settings", "the profile"],
  ["poster", "/settings/keys", "the keys"],
  ["poster", job("bare"), "a job without offers, for its poster"],
  ["poster", job("open"), "a job with offers, for its poster"],
  ["poster", pick, "a job with an offer picked"],
  ["poster", job("accepted"), "an accepted job, for its poster"],
  ["poster", job("short"), "an accepted job that the wallet can't pay"],
  ["poster", job("working"), "a job at work, for its poster"],
  ["poster", job("delivered"), "a delivered job, for its poster"],
  ["poster", job("revision"), "a job in revision, for its poster"],
  ["poster", job("rejected"), "a rejected job, for its poster"],
  ["poster", job("paid"), "a paid job, for its poster"],
  ["poster", job("cancelled"), "a cancelled job, for its poster"],
  ["worker", "/work", "working, with jobs"],
  ["worker", "/work?period=365", "working, over a year"],
  ["worker", "/jobs?for=me", "the jobs that match"],
  ["worker", "/wallet", "the wallet, with earnings"],
  ["worker", "/settings/agent", "the agent"],
  ["worker", job("bare"), "a job, for an agent"],
  ["worker", job("open"), "a job that was applied for"],
  ["worker", job("accepted"), "an accepted job, for its worker"],
  ["worker", job("working"), "a job at work, for its worker"],
  ["worker", job("delivered"), "a delivered job, for its worker"],
  ["worker", job("revision"), "a job in revision, for its worker"],
  ["worker", job("rejected"), "a rejected job, for its worker"],
  ["worker", job("paid"), "a paid job, for its worker"],
  ["other", job("working"), "a job that went to somebody else"],
];

/** Pages of the server's own, without islands. */
const PLAIN = ["/sandbox/mail"];

for (const [who, where, name] of PAGES) {
  test(`${name}: no barrier, no complaint, nothing too wide, all of it by keyboard`, async ({ page, context, baseURL, world }) => {
    if (who) await signIn(context, world[who], baseURL!);
    const path = typeof where === "string" ? where : where(world);
    const heard = complaints(page);
    const answer = await page.goto(path, { waitUntil: "networkidle" });
    const plain = PLAIN.includes(path);
    if (!plain) await awake(page);
    const check = (what: string, found: unknown[]) => expect.soft(found, what).toEqual([]);

    check("complaints", heard);
    expect.soft(answer!.headers()["content-security-policy"]).toMatch(/default-src 'none'(?!.*unsafe-inline)/);
    await test.step("headings", () => headings(page));
    check("ids that can't be copied", plain ? [] : await idsWithoutCopy(page));
    check("text under an icon", await coveredText(page));
    check("by keyboard", await unreachable(page));
    for (const width of [390, 768, 1280, 1440]) check(`wider than ${width}`, await overflow(page, width));
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      check(`barriers, ${colorScheme}`, await barriers(page));
    }
    await page.setViewportSize({ width: 390, height: 844 });
    check("barriers, folded", await barriers(page));
    check("text under an icon, folded", await coveredText(page));
    check("complaints in the end", heard);
  });
}

async function check(page: Page) {
  expect(await barriers(page)).toEqual([]);
}

test("questions, menus and errors have no barriers either", async ({ page, context, baseURL, world }) => {
  await signIn(context, world.poster, baseURL!);
  await page.goto(`/jobs/${world.jobs.delivered.id}`);
  for (const ask of ["Ask for a revision", "Reject"]) {
    await page.getByRole("button", { name: ask, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await check(page);
    await page.keyboard.press("Escape");
  }
  await page.getByRole("button", { name: "Larkin & Moss" }).click();
  await expect(page.getByRole("navigation", { name: "Account" })).toBeVisible();
  await check(page);
  await page.goto("/jobs/new");
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await check(page);
  await page.goto("/settings/agent");
  await page.getByRole("button", { name: "Create the profile" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await check(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(page.getByRole("navigation", { name: "Main, narrow" })).toBeVisible();
  await check(page);
});

test("the skip link comes first and leads to the content", async ({ page }) => {
  await page.goto("/jobs");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/jobs#main");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").locator(":focus")).toHaveCount(1);
});

test("a question takes the focus and gives it back", async ({ page, context, baseURL, world }) => {
  await signIn(context, world.poster, baseURL!);
  await page.goto(`/jobs/${world.jobs.delivered.id}`);
  const ask = page.getByRole("button", { name: "Reject", exact: true });
  await ask.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(ask).toBeFocused();
});

test("the theme that was chosen is worn at once, kept, and drawn by the server", async ({ page, context }) => {
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/jobs");
  await awake(page);
  const light = await colour();
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("button", { name: "Dark" })).toHaveAttribute("aria-pressed", "true");
  expect(await colour()).not.toBe(light);
  // It does not flash: the next page's own text says so, before any script runs.
  const next = await page.goto("/");
  expect(await next!.text()).toMatch(/<html[^>]*data-theme="dark"/);
  expect(await colour()).not.toBe(light);
  await awake(page);
  await expect(page.getByRole("button", { name: "Dark" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "System" }).click();
  expect(await colour()).toBe(light);
  expect((await context.cookies()).filter((cookie) => cookie.name === "theme")).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await colour()).not.toBe(light);
});

test("a countdown ticks", async ({ page, context, baseURL, world }) => {
  await signIn(context, world.worker, baseURL!);
  await page.clock.install();
  await page.goto(`/jobs/${world.jobs.delivered.id}`);
  await awake(page);
  const left = page.locator("time.countdown").first();
  const before = await left.innerText();
  await page.clock.fastForward(60 * HOUR);
  await expect(left).not.toHaveText(before);
  await page.clock.fastForward(60 * HOUR);
  await expect(left).toHaveText("now");
});

test("a copy button puts the whole id on the clipboard", async ({ page, context, baseURL, world }) => {
  await signIn(context, world.poster, baseURL!);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/jobs/${world.jobs.open.id}`);
  await page.getByRole("button", { name: `Copy job id ${world.jobs.open.id}` }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(world.jobs.open.id);
});

test("what needs a script is not offered without one", async ({ browser, baseURL, world }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  await signIn(context, world.poster, baseURL!);
  const page = await context.newPage();
  await page.goto(`/jobs/${world.jobs.open.id}`);
  await expect(page.getByRole("button", { name: /^Copy/ })).toHaveCount(0);
  await expect(page.getByRole("group", { name: "Theme" })).toHaveCount(0);
  await expect(page.locator("time.countdown").first()).toHaveText(/\d+ d \d\d h/);
});

test("the landmarks of home", async ({ page }) => {
  await page.goto("/");
  await awake(page);
  await expect(page.locator("body")).toMatchAriaSnapshot(`
    - link "Skip to content"
    - banner:
      - link "Guildhall"
      - navigation "Main":
        - link "Jobs"
        - link "How it works"
      - link "Sign in"
      - link "Create account"
    - main:
      - heading "Work by agents and people, proven before it is paid." [level=1]
      - paragraph:
        - link "Post a job"
        - link "Find work"
      - region "Open now":
        - heading "Open now" [level=2]
      - region "One job, start to end":
        - heading "One job, start to end" [level=2]
        - text: an example
        - table
      - region "The hallmark":
        - heading "The hallmark" [level=2]
      - region "For agents":
        - heading "For agents" [level=2]
    - contentinfo:
      - link "How it works"
      - link "API"
      - link "llms.txt"
      - group "Theme":
        - button "System" [pressed]
        - button "Light"
        - button "Dark"
  `);
});

test("the landmarks of the jobs", async ({ page, world }) => {
  await page.goto(`/jobs?q=${encodeURIComponent(world.jobs.bare.title)}`);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Jobs" [level=1]
      - link "Post a job"
      - search:
        - searchbox "Search jobs": Translate the manual
        - combobox "Category"
        - combobox "Budget"
        - button "Search"
        - link "Clear"
      - table "Open jobs, featured first, then newest. Amounts in USD.":
        - rowgroup:
          - row "Job Budget, USD Applied Posted Due"
        - rowgroup:
          - row /Translate the manual Larkin & Moss · Coding · [0-9a-f]{8}.* 480.00 0/
  `);
});

test("the landmarks of a delivered job", async ({ page, context, baseURL, world }) => {
  await signIn(context, world.poster, baseURL!);
  await page.goto(`/jobs/${world.jobs.delivered.id}`);
  await awake(page);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Draw the railroad diagrams" [level=1]
      - button "Copy job id ${world.jobs.delivered.id}"
      - 'region "Your move: judge the work"':
        - time: /\\d+ d \\d+ h/
        - text: then it is approved
        - button "Reject"
        - button "Ask for a revision"
        - button "Approve 450.00"
      - region "Brief":
        - heading "Brief" [level=2]
      - region "Work":
        - heading "Work" [level=2]
      - region "Applications":
        - heading "Applications" [level=2]
        - table "Applications to this job"
      - complementary "Progress":
        - region "Timeline":
          - heading "Timeline" [level=2]
          - list:
            - listitem: /Posted with a budget of 480.00/
            - listitem: /Accepted Ferrous for 450.00 22.50 service fee on top/
            - listitem: /472.50 to escrow/
            - listitem: /Delivered version 1/
            - listitem: /Waiting for the poster’s word/
            - listitem: /Approved/
            - listitem: /Worker paid/
        - region "Money":
          - heading "Money" [level=2]
  `);
});

test("the landmarks of hiring", async ({ page, context, baseURL, world }) => {
  await signIn(context, world.poster, baseURL!);
  await page.goto("/hire");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Hire" [level=1]
      - link "Post a job"
      - region "Needs you":
        - heading "Needs you" [level=2]
        - table "Jobs waiting for you, with the time left and what happens without you"
      - region "Money":
        - heading "Money" [level=2]
        - link "Wallet"
      - region "Compare applications":
        - heading "Compare applications" [level=2]
        - table /Applications to .*, side by side/
      - complementary "Accept Ferrous":
        - heading "Accept Ferrous" [level=2]
        - button "Accept and fund 472.50"
      - region "All jobs":
        - heading "All jobs" [level=2]
        - combobox "Stage"
        - button "Show"
        - table "Your jobs, newest first"
      - complementary "By stage":
        - heading "By stage" [level=2]
        - list
  `);
});

test("the landmarks of working", async ({ page, context, baseURL, world }) => {
  await signIn(context, world.worker, baseURL!);
  await page.goto("/work");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Ferrous" [level=1]
      - region "Active jobs":
        - heading "Active jobs" [level=2]
        - table "Active jobs with the next step and its deadline"
      - region "Earnings":
        - heading "Earnings" [level=2]
        - navigation "Period"
        - figure:
          - img "Earnings per day, USD"
          - group: Show as a table
      - region "Jobs that match":
        - heading "Jobs that match" [level=2]
        - table "Matching jobs and the reason, featured first, then newest"
      - region "Events":
        - heading "Events" [level=2]
        - list
      - region "Applications":
        - heading "Applications" [level=2]
        - table "Your applications, newest first"
      - region "Finished":
        - heading "Finished" [level=2]
        - table "Jobs that were paid, newest first"
      - complementary "Releases, scores and keys":
        - region "Pending releases":
          - heading "Pending releases" [level=2]
        - region "Proof score":
          - heading "Proof score" [level=2]
        - region "API keys":
          - heading "API keys" [level=2]
  `);
});

test("the landmarks of the wallet", async ({ page, context, baseURL, world }) => {
  await signIn(context, world.worker, baseURL!);
  await page.goto("/wallet");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Wallet" [level=1]
      - link "Deposit"
      - region "Ledger":
        - heading "Ledger" [level=2]
        - table "Changes of the available balance, newest first, USD"
      - complementary:
        - region "Deposit":
          - heading "Deposit" [level=2]
          - textbox "Amount"
          - button "Continue to checkout"
  `);
});
