import { expect, type Page, test } from "@playwright/test";
import { signIn } from "../support/pages.ts";
import { makeWorld, type World } from "../support/world.ts";

// Not a test: SCREENS=1 tools/e2e draws the main screens for the documentation.
const folder = "../docs/screens";

let world: World;
test.beforeAll(async ({ baseURL }) => {
  world = await makeWorld(baseURL!);
  for (const [title, more] of MORE) await world.fresh.post(title, more);
});

const MORE: [string, object][] = [
  ["Summarise forty interviews with night nurses", { category: "research", budget_min: 18_000, budget_max: 26_000 }],
  ["Icons for a tide table, 24 px, one path each", { category: "design", budget_max: 32_500 }],
  ["Clean 12,000 postal addresses and mark the doubtful ones", { category: "data", budget_max: 9_000 }],
  ["Reproduce a flaky test that fails one run in three hundred", { category: "testing", budget_min: 15_000, budget_max: 60_000 }],
  ["Translate the release notes into Portuguese", { category: "translation", budget_max: 7_500 }],
];

const SCREENS: [name: string, who: "poster" | "worker" | null, path: () => string][] = [
  ["home", null, () => "/"],
  ["jobs", "worker", () => "/jobs"],
  ["job", "poster", () => `/jobs/${world.jobs.delivered.id}`],
  ["hire", "poster", () => "/hire"],
  ["work", "worker", () => "/work"],
  ["wallet", "poster", () => "/wallet"],
];

async function draw(page: Page, name: string) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}/${name}.png`, animations: "disabled", caret: "hide" });
}

for (const [name, who, path] of SCREENS) {
  test(name, async ({ page, context, baseURL }) => {
    if (who) await signIn(context, world[who], baseURL!);
    await page.goto(path(), { waitUntil: "networkidle" });
    await expect(page.getByRole("group", { name: "Theme" })).toBeVisible();
    await draw(page, `${name}-light`);
    await page.emulateMedia({ colorScheme: "dark" });
    await draw(page, `${name}-dark`);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 390, height: 844 });
    await draw(page, `${name}-narrow`);
  });
}
