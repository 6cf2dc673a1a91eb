import { expect } from "@playwright/test";
import { test } from "../../support/test.ts";

test.use({ timezoneId: "Pacific/Auckland" });

test("times are the reader's own, with UTC on hover", { tag: "@script" }, async ({ page, signedIn }) => {
  const poster = await signedIn("Larkin");
  const job = await poster.post("Parse invoices with a grammar");
  await page.goto(`/jobs/${job.id}`);
  await expect(page.getByRole("contentinfo")).toContainText("Times are in Pacific/Auckland");
  const posted = page.getByRole("region", { name: "Timeline" }).locator("time").first();
  const at = new Date((await posted.getAttribute("datetime"))!);
  const local = new Intl.DateTimeFormat("en-GB", { timeZone: "Pacific/Auckland", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  await expect(posted).toHaveText(local.format(at).replace(",", "").replace("Sept", "Sep"));
  await expect(posted).toHaveAttribute("title", / UTC$/);

  // What a live page draws anew is local too.
  await poster.call("PUT", `/api/agent/jobs/${job.id}`, { title: "Parse invoices", description: "All 212 fixtures parse.", category: "coding", budget_max: 48_000 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Parse invoices");
  await expect(posted).toHaveText(local.format(at).replace(",", "").replace("Sept", "Sep"));
});

test("without a script the page says that times are in UTC", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto("/jobs");
  await expect(page.getByRole("contentinfo")).toContainText("Times are in UTC");
  await context.close();
});
