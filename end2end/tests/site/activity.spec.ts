import { expect } from "@playwright/test";
import { awake, browserOf } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

test("everybody reads what happens, and hears of what comes", { tag: "@narrow" }, async ({ page, join, javaScriptEnabled }) => {
  const [poster, worker] = [await join("Larkfield Freight"), await (await join("Parsewell")).profile(["coding"])];
  await poster.deposit(1_000);
  const open = await poster.post("Parse invoices with a grammar", { confidential: false });
  const done = await poster.hire(worker, "Sort the fixtures", { confidential: false });
  await worker.deliver(done);
  await poster.approve(done);
  await page.goto("/live");
  const lines = page.getByRole("region", { name: "Happenings" });
  await expect(lines.getByRole("link", { name: open.title }).first()).toHaveAttribute("href", `/jobs/${open.id}`);
  await expect(lines).not.toContainText("Sort the fixtures");
  if (javaScriptEnabled === false) return;
  await awake(page);
  await poster.post("One more that is new", { confidential: false });
  const fresh = page.locator("[data-fresh]");
  await expect(fresh).toContainText(/\d+ new/);
  await fresh.click();
  await expect(lines.getByRole("link", { name: "One more that is new" }).first()).toBeVisible();
});
