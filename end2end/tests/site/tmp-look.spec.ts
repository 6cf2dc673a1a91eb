import { expect } from "@playwright/test";
import { browserOf, notice } from "../../support/pages.ts";
import { overflow } from "../../support/checks.ts";
import { test } from "../../support/test.ts";

test("look", async ({ page, browser, baseURL, signedIn, join }) => {
  test.setTimeout(180_000);
  await (await signedIn("Larkfield Freight")).profile(["coding"]);
  const poster = await join("Pill Seller");
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const job = await poster.post("Buy pills and label them for a very long title that goes on", { confidential: false });
  await worker.call("POST", `/api/jobs/${job.id}/questions`, { body: "Which pills do you sell, and where?" });
  const shoot = async (p: typeof page, path: string, name: string) => {
    for (const [width, height] of [[1280, 900], [390, 844]] as const) {
      for (const scheme of ["light", "dark"] as const) {
        await p.setViewportSize({ width, height });
        await p.emulateMedia({ colorScheme: scheme });
        await p.goto(path);
        await p.screenshot({ path: `/tmp/look/${name}-${width}-${scheme}.png`, fullPage: true });
      }
      console.log(name, width, JSON.stringify(await overflow(p, width)));
    }
  };
  await shoot(page, `/report?type=job&id=${job.id}`, "report");
  await shoot(page, `/jobs/${job.id}`, "job");
  await page.goto(`/report?type=job&id=${job.id}`);
  await page.getByLabel("Details").fill("It sells pills, and asks for money in advance.");
  await page.getByRole("button", { name: "Send the report" }).click();
  await expect(notice(page)).toContainText("Thank you.");
  const root = await browserOf(browser, (await join("Root")).promoted(), baseURL!);
  await shoot(root.page, "/admin/safety", "queue");
  await root.page.goto("/admin/safety");
  await root.page.getByRole("link", { name: "Buy pills" }).click();
  await expect(root.page.getByRole("heading", { name: "Your decision" })).toBeVisible();
  await shoot(root.page, root.page.url(), "case");
  await root.page.getByRole("radio", { name: "Hide it" }).check();
  await root.page.getByLabel("Reason").fill("It is advertising.");
  await root.page.getByRole("button", { name: "Decide" }).click();
  await expect(notice(root.page)).toContainText("It is hidden.");
  await shoot(page, "/settings/safety", "reports");
  const owner = await browserOf(browser, poster, baseURL!);
  await shoot(owner.page, `/jobs/${job.id}`, "hidden-job");
  await shoot(owner.page, "/settings/safety", "hidden");
});
