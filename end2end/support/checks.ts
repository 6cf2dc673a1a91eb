import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The findings of axe on a page, one line for each place. */
export async function barriers(page: Page) {
  await page.evaluate(axe);
  const found = await page.evaluate(
    () => (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
      resultTypes: ["violations"],
    }),
  );
  const places = found.violations.flatMap((rule) => rule.nodes.map((node) => ({ rule, node })));
  return places.map(({ rule, node }) => `${rule.id}: ${node.html.slice(0, 160)} (${node.any[0]?.message ?? rule.help})`);
}

/** Parts of the page that reach beyond its right edge, at a width. */
export async function overflow(page: Page, width: number) {
  await page.setViewportSize({ width, height: 800 });
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > root.clientWidth + 0.5);
    return [`${root.clientWidth}: ${root.scrollWidth} px`, ...wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 120))];
  });
}

/** Ids in what the page shows that have no button beside them that copies them; rows of lists lead to where they have one. */
export function idsWithoutCopy(page: Page) {
  return page.evaluate(() => {
    const id = /\b(?:agent|user|team|prop|key|cs|wh|msg)_[a-z0-9]{8,}|\b[0-9a-f]{8}-[0-9a-f]{4}-|^(?:hold|release|refund|deposit):/i;
    const walk = document.createTreeWalker(document.querySelector("main")!, NodeFilter.SHOW_TEXT);
    const bare: string[] = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!node.parentElement!.checkVisibility()) continue;
      const copies = node.parentElement!.closest(".id, .secret, .paper")?.querySelector("button");
      if (id.test(node.textContent!.trim()) && !(copies && copies.checkVisibility())) bare.push(node.textContent!);
    }
    const shown = [...document.querySelectorAll(".id")].filter((one) => one.checkVisibility());
    const idle = shown.filter((one) => !one.querySelector("button")?.checkVisibility());
    return [...bare, ...idle.map((one) => one.outerHTML.slice(0, 120))];
  });
}

/** Ids that stand more than once on the page. */
export function repeatedIds(page: Page) {
  return page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
  });
}

/** Names that buttons for different acts, or for one act on different things, share without a description that tells them apart. */
export function sharedNames(page: Page) {
  return page.evaluate(() => {
    const acts = new Map<string, Set<string>>();
    for (const one of document.querySelectorAll<HTMLElement>("button, summary, input[type=submit]")) {
      if (!one.checkVisibility() || one.hasAttribute("aria-describedby")) continue;
      const form = one.closest("form");
      const hidden = [...(form?.querySelectorAll<HTMLInputElement>("input[type=hidden]") ?? [])].filter((field) => !field.name.startsWith("_"));
      const on = hidden.map((field) => `${field.name}=${field.value}`).join("&");
      const act = one.getAttribute("popovertarget") ?? one.getAttribute("aria-controls") ?? `${form ? new URL(form.action).pathname : one.outerHTML} ${on} ${one.getAttribute("value") ?? ""}`;
      const name = (one.getAttribute("aria-label") ?? one.textContent ?? "").trim().replace(/\s+/g, " ");
      acts.set(name, (acts.get(name) ?? new Set()).add(act));
    }
    return [...acts].filter(([, all]) => all.size > 1).map(([name, all]) => `${name}: ${[...all].map((act) => act.slice(0, 100)).join(" | ")}`);
  });
}

/** Goes through the page with the Tab key: what can't be reached, what shows no focus, what is hidden behind something. */
export async function unreachable(page: Page) {
  const stops = await page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']",
    );
    // A choice of one is one stop; arrows go through it.
    const passed = (one: HTMLElement) => {
      if (!(one instanceof HTMLInputElement) || one.type !== "radio") return false;
      const group = [...document.getElementsByName(one.name)] as HTMLInputElement[];
      return one !== (group.find((other) => other.checked) ?? group[0]);
    };
    const shown = [...all].filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(":disabled"));
    const takes = shown.filter((one) => one.tabIndex >= 0 && !passed(one));
    for (const one of takes) one.dataset.tab = "waits";
    // A date has stops of its own: day, month, year, calendar. A time has hour, minute and half of the day besides.
    const inside = 3 * document.querySelectorAll("input[type=date]").length + 6 * document.querySelectorAll("input[type=datetime-local]").length;
    return takes.length + inside;
  });
  const wrong: string[] = [];
  for (let pressed = 0; pressed < stops; pressed += 1) {
    await page.keyboard.press("Tab");
    wrong.push(...(await page.evaluate(() => {
      const one = document.activeElement as HTMLElement | null;
      if (!one || one === document.body) return [`the focus was lost after ${document.querySelectorAll("[data-tab=reached]").length} stops`];
      if (one.dataset.tab === "reached") return [];
      one.dataset.tab = "reached";
      const name = one.outerHTML.slice(0, 120);
      // A field that is wrapped may leave it to its wrapper.
      const rings = [one, one.parentElement!].map((box) => getComputedStyle(box));
      const ring = rings.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
      const box = one.getClientRects()[0];
      const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
      const covered = top && !one.contains(top) && !top.contains(one);
      return [...(ring ? [] : [`no focus shown: ${name}`]), ...(covered ? [`covered by ${top.outerHTML.slice(0, 60)}: ${name}`] : [])];
    })));
  }
  const never = await page.locator("[data-tab=waits]").evaluateAll((left) => left.map((one) => `not reached: ${one.outerHTML.slice(0, 120)}`));
  return [...wrong, ...never];
}

/** Text that an icon lies upon. */
export function coveredText(page: Page) {
  return page.evaluate(() => {
    const icons = [...document.querySelectorAll("main button svg")].filter((one) => one.checkVisibility());
    const walk = document.createTreeWalker(document.querySelector("main")!, NodeFilter.SHOW_TEXT);
    const covered: string[] = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = node.textContent!.trim() && node.parentElement!.checkVisibility() ? [...range.getClientRects()] : [];
      const lie = icons.some((icon) => {
        const ink = icon.getBoundingClientRect();
        const across = (line: DOMRect) => Math.min(ink.right, line.right) - Math.max(ink.left, line.left);
        const down = (line: DOMRect) => Math.min(ink.bottom, line.bottom) - Math.max(ink.top, line.top);
        return lines.some((line) => across(line) > 1 && down(line) > 1);
      });
      if (lie) covered.push(node.textContent!.slice(0, 80));
    }
    return covered;
  });
}

/** One h1, and no level left out below it. */
export async function headings(page: Page) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  const levels = await page.locator("h1, h2, h3, h4").evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1])));
  expect(levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1), `levels ${levels}`).toEqual([]);
}

/** A field that is wrong says so beside itself, to everyone. */
export async function isWrong(field: Locator, why: string | RegExp) {
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(why);
  await expect(field.page().locator(".error").filter({ hasText: why })).toBeVisible();
}

/** The first cells of folded rows that other cells leave too little room to be read. */
export async function squeezed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cells = [...document.querySelectorAll<HTMLElement>(".table.fold td:is(.main, .lead)")];
    const narrow = (cell: HTMLElement) => cell.offsetWidth > 0 && cell.offsetWidth < 110;
    return cells.filter(narrow).map((cell) => `${cell.innerText.slice(0, 40)}: ${cell.offsetWidth} px`);
  });
}
