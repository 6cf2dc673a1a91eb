import { expect, type Page } from "@playwright/test";
import { barriers } from "../../support/checks.ts";
import { awake, signIn, switchTo } from "../../support/pages.ts";
import { holds } from "../../support/quality.ts";
import { test, type World } from "../../support/world.ts";

const HOUR = 3_600_000;

type Who = "poster" | "worker" | "other" | "fresh" | "unverified" | null;
type Member = "owner" | "viewer" | "invited" | null;
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
  [null, "/sign-in?next=/jobs/new", "signing in to post a job"],
  [null, "/forgot-password", "a forgotten password"],
  [null, "/reset-password?token=x", "a new password"],
  [null, "/confirm-address?token=x", "a new address"],
  [null, "/not-me?token=x", "this was not me"],
  [null, "/account/restore?token=x", "keeping an account"],
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
  ["fresh", "/notifications", "the notifications, none yet"],
  ["fresh", job("open"), "a job, before the NDA"],
  ["poster", "/", "home, signed in"],
  ["poster", "/jobs", "the jobs, signed in"],
  ["poster", "/jobs/new", "posting"],
  ["poster", ({ agent }) => `/jobs/new?agent=${agent}`, "posting for an agent"],
  ["poster", ({ agent }) => `/agents/${agent}`, "an agent, for a poster with open jobs"],
  ["poster", "/hire", "hiring, with jobs"],
  ["poster", "/hire?stage=completed&by=rating", "hiring, one stage"],
  ["poster", "/hire?stage=expired", "hiring, a stage without jobs"],
  ["poster", "/wallet", "the wallet, with money"],
  ["poster", "/wallet?reason=hold", "the wallet, one reason"],
  ["poster", "/wallet?reason=release", "the wallet, a reason without lines"],
  ["poster", "/settings", "the profile"],
  ["poster", "/settings/keys", "the keys"],
  ["poster", "/webhooks", "the webhooks, one of which fails"],
  ["poster", ({ webhook }) => `/webhooks/${webhook.id}`, "a webhook that fails"],
  ["poster", ({ webhook }) => `/webhooks/${webhook.id}?state=delivered`, "a webhook, none delivered"],
  ["poster", ({ webhook }) => `/webhooks/${webhook.id}/deliveries/${webhook.delivery}`, "a delivery that failed"],
  ["other", ({ webhook }) => `/webhooks/${webhook.id}`, "a webhook of another team"],
  ["fresh", "/webhooks", "the webhooks, none yet"],
  ["poster", "/settings/notifications", "the choice of mail"],
  ["poster", "/settings/privacy", "one’s data, with an account that is needed"],
  ["fresh", "/settings/privacy", "one’s data"],
  ["fresh", "/settings/safety", "one’s reports, without any"],
  ["poster", "/notifications", "the notifications"],
  [null, "/unsubscribe?token=none&kind=move", "stopping mails"],
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
  ["worker", "/wallet/deposits", "the deposits"],
  ["fresh", "/wallet/deposits", "the deposits, none yet"],
  ["worker", "/wallet/refill", "the refill, not set up"],
  ["worker", "/wallet/payouts", "the payouts, none yet"],
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

const role = (name: "clerk" | "unused") => ({ teams }: World) => `/team/roles/${teams[name]}`;
const accept = ({ teams }: World) => `/invitations/accept?token=${teams.token}`;

/** The pages of teams and their agents: who looks, for which team if it is not their own, and where. */
const TEAM_PAGES: [Member, "team" | "empty" | null, Where, string][] = [
  ["owner", "team", "/team", "a team, for its owner"],
  ["viewer", "team", "/team", "a team, for a viewer"],
  ["owner", "empty", "/team", "a team of one, without invitations"],
  ["owner", null, "/team", "one’s own team"],
  ["owner", "team", "/team/audit", "the audit log"],
  ["owner", "team", "/team/audit?area=roles", "the audit log, one area"],
  ["owner", "empty", "/team/audit?area=keys", "the audit log, nothing of an area"],
  ["owner", "team", "/team/roles/new", "a new role"],
  ["owner", "team", role("clerk"), "a role that somebody has"],
  ["owner", "team", role("unused"), "a role that nobody has"],
  ["viewer", "team", role("clerk"), "a role, for a viewer"],
  ["viewer", "team", "/team/roles/role_developer", "a built-in role"],
  ["viewer", "team", "/team/roles/new", "a new role, not allowed"],
  ["viewer", "team", "/webhooks", "the webhooks of a team, for a viewer"],
  ["owner", "team", "/agents", "the agents of a team"],
  ["viewer", "team", "/agents", "the agents of a team, for a viewer"],
  ["owner", "empty", "/agents", "the agents, none yet"],
  ["owner", "team", ({ teams }) => `/agents/${teams.agent}/edit`, "one agent of a team"],
  ["owner", null, ({ teams }) => `/agents/${teams.agent}/edit`, "an agent of another team"],
  ["owner", "team", ({ teams }) => `/agents/${teams.agent}/mandate`, "the mandate of an agent"],
  ["viewer", "team", ({ teams }) => `/agents/${teams.agent}/mandate`, "the mandate of an agent, for a viewer"],
  ["owner", "team", ({ teams }) => `/jobs/${teams.job.id}`, "a job at work, for a team of several agents"],
  ["invited", null, accept, "an invitation"],
  [null, null, accept, "an invitation, signed out"],
  ["viewer", null, accept, "an invitation of another account"],
  [null, null, "/invitations/accept?token=none", "an invitation that is not good"],
];

/** The pages that tell of an error, with its status. */
const STATUS: Record<string, number> = {
  "a page that was not found": 404,
  "a job that went to somebody else": 404,
  "a webhook of another team": 404,
  "a new role, not allowed": 403,
  "an agent of another team": 404,
  "an invitation that is not good": 400,
};

const at = (where: Where, world: World) => (typeof where === "string" ? where : where(world));

for (const [who, where, name] of PAGES) {
  test(`${name}: no barrier, no complaint, nothing too wide, all of it by keyboard`, async ({ page, context, baseURL, world }) => {
    await holds(page, context, baseURL!, { who: who && world[who], path: at(where, world), status: STATUS[name] });
  });
}

for (const [who, team, where, name] of TEAM_PAGES) {
  test(`${name}: no barrier, no complaint, nothing too wide, all of it by keyboard`, async ({ page, context, baseURL, world }) => {
    const shown = { who: who && world.teams[who], path: at(where, world), status: STATUS[name] };
    await holds(page, context, baseURL!, { ...shown, team: team ? world.teams[team] : undefined });
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

test("the switch between teams, and the question before somebody is removed, have no barriers either", async ({ page, context, baseURL, world }) => {
  const { owner, team } = world.teams;
  await signIn(context, owner, baseURL!);
  await switchTo(context, team, baseURL!);
  for (const [width, button, list] of [[1280, "Okafor Labs", "#account"], [390, "Menu", "#menu"]] as const) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto("/team");
    await awake(page);
    await page.getByRole("banner").getByRole("button", { name: button }).click();
    await expect(page.locator(list).getByRole("list", { name: "Your teams" })).toBeVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await check(page);
    }
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Remove Mei Tanaka" }).click();
    await expect(page.getByRole("dialog", { name: "Remove Mei Tanaka from the team?" })).toBeVisible();
    await check(page);
  }
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
