import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { Member } from "./api.ts";
import { barriers, coveredText, headings, idsWithoutCopy, overflow, repeatedIds, sharedNames, squeezed, unreachable } from "./checks.ts";
import { awake, complaints, signIn, switchTo } from "./pages.ts";

/** A page in one of the states that look different. */
export type Shown = {
  /** Who looks; nobody signed in if it is left out. */
  who?: Member | null;
  /** The id of the team that they act for, if it is not their own. */
  team?: string;
  path: string;
  status?: number;
};

const WIDTHS = [320, 390, 768, 1024, 1280, 1440];

/** Opens a page as its reader and holds it to what every page keeps: no barrier in either theme and when folded, no complaint,
 *  nothing too wide, everything reached by keyboard. */
export async function holds(page: Page, context: BrowserContext, baseURL: string, { who, team, path, status = 200 }: Shown) {
  if (who) await signIn(context, who, baseURL);
  if (team) await switchTo(context, team, baseURL);
  const heard = complaints(page);
  const answer = await page.goto(path, { waitUntil: "load" });
  await awake(page);
  const check = (what: string, found: unknown[]) => expect.soft(found, what).toEqual([]);

  check("complaints", heard);
  expect.soft(answer!.status()).toBe(status);
  expect.soft(answer!.headers()["content-security-policy"]).toMatch(/default-src 'none'(?!.*unsafe-inline)/);
  await headings(page);
  check("ids that can't be copied", await idsWithoutCopy(page));
  check("ids that repeat", await repeatedIds(page));
  check("names that buttons share", await sharedNames(page));
  check("text under an icon", await coveredText(page));
  check("by keyboard", await unreachable(page));
  for (const width of WIDTHS) check(`wider than ${width}`, await overflow(page, width));
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 1280, height: 800 });
    check(`barriers, ${colorScheme}`, await barriers(page));
    await page.setViewportSize({ width: 390, height: 844 });
    check(`barriers, ${colorScheme}, folded`, await barriers(page));
    check("squeezed", await squeezed(page));
  }
  check("text under an icon, folded", await coveredText(page));
  check("complaints in the end", heard);
}
