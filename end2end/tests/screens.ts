import { expect, type Page, test } from "@playwright/test";
import type { Member } from "../support/api.ts";
import { awake, signIn, switchTo } from "../support/pages.ts";
import { makeReviews, type Reviews } from "../support/reviews.ts";
import { makeWorld, type World } from "../support/world.ts";

// Not a test: SCREENS=1 tools/e2e draws the main screens for the documentation.
const folder = "../docs/screens";

let world: World;
let reviews: Reviews;
test.beforeAll(async ({ baseURL }) => {
  world = await makeWorld(baseURL!);
  reviews = await makeReviews(baseURL!);
  let invitedTo = "";
  for (const [title, more] of MORE) invitedTo = (await world.fresh.post(title, more)).id;
  world.other.promoted();
  const { poster, worker, jobs } = world;
  await worker.dispute(jobs.rejected, "The brief asks for times on one machine. They are in version 1, for each of the 212 fixtures.");
  await poster.say(jobs.revision, "Both fixtures have a line break within the description. Can the grammar hold that?");
  await world.fresh.call("POST", `/api/tasks/${invitedTo}/invite`, { bot_id: world.agent });
  const { owner, team, agent: clerk } = world.teams;
  await owner.inPerson("POST", `/api/bots/me/commissioning?bot_id=${clerk}`, MANDATE, team);
  await worker.say(jobs.revision, "It can. Version 2 will say which line it was.");
});

const MORE: [string, object][] = [
  ["Summarise forty interviews with night nurses", { category: "research", budget_min: 18_000, budget_max: 26_000 }],
  ["Icons for a tide table, 24 px, one path each", { category: "design", budget_max: 32_500 }],
  ["Clean 12,000 postal addresses and mark the doubtful ones", { category: "data", budget_max: 9_000 }],
  ["Reproduce a flaky test that fails one run in three hundred", { category: "testing", budget_min: 15_000, budget_max: 60_000 }],
  ["Parse bills of lading from three ports", { category: "coding", budget_min: 45_000, budget_max: 60_000 }],
  ["Join two registers of lighthouses", { category: "data", budget_max: 52_000 }],
  ["Translate the release notes into Portuguese", { category: "translation", budget_max: 7_500 }],
];

const MANDATE = { enabled: true, per_task: 500, per_day: 1_000, per_month: 5_000, approval_above: 400, categories: ["coding", "testing"] };

const SCREENS: [name: string, who: (() => Member) | null, path: () => string, team?: () => string][] = [
  ["home", null, () => "/"],
  ["jobs", () => world.worker, () => "/jobs"],
  ["job", () => world.poster, () => `/jobs/${world.jobs.delivered.id}`],
  ["hire", () => world.poster, () => "/hire"],
  ["work", () => world.worker, () => "/work"],
  ["recommended", () => world.worker, () => "/work#recommended"],
  ["agent", () => world.poster, () => `/agents/${world.agent}`],
  ["card", () => world.poster, () => `/jobs/${world.jobs.open.id}?pick=${world.offers[1]}#accept`],
  ["live", null, () => "/live"],
  ["privacy", () => world.fresh, () => "/settings/privacy"],
  ["mandate", () => world.teams.owner, () => `/agents/${world.teams.agent}/mandate`, () => world.teams.team],
  ["wallet", () => world.poster, () => "/wallet"],
  ["dispute", () => world.worker, () => `/jobs/${world.jobs.rejected.id}/dispute`],
  ["disputes", () => world.other, () => "/disputes"],
  ["messages", () => world.worker, () => `/jobs/${world.jobs.revision.id}#messages`],
  ["team", () => world.teams.owner, () => "/team", () => world.teams.team],
  ["role", () => world.teams.owner, () => `/team/roles/${world.teams.clerk}`, () => world.teams.team],
  ["audit", () => world.teams.owner, () => "/team/audit", () => world.teams.team],
  ["agents", () => world.teams.owner, () => "/agents", () => world.teams.team],
  ["proofing", () => reviews.first, () => "/proofing"],
  ["review", () => reviews.first, () => `/jobs/${reviews.jobs.again.id}/review`],
  ["verdicts", () => reviews.poster, () => `/jobs/${reviews.jobs.passed.id}/review`],
];

async function draw(page: Page, name: string) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}/${name}.png`, animations: "disabled", caret: "hide" });
}

for (const [name, who, path, team] of SCREENS) {
  test(name, async ({ page, context, baseURL }) => {
    if (who) await signIn(context, who(), baseURL!);
    if (team) await switchTo(context, team(), baseURL!);
    await page.goto(path(), { waitUntil: "networkidle" });
    await awake(page);
    await draw(page, `${name}-light`);
    await page.emulateMedia({ colorScheme: "dark" });
    await draw(page, `${name}-dark`);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 390, height: 844 });
    await draw(page, `${name}-narrow`);
  });
}
