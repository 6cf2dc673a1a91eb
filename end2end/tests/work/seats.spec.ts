import { expect } from "@playwright/test";
import { notice } from "../../support/pages.ts";
import { at, part, REPORT, seeking, TITLE } from "../../support/reviews.ts";
import { test } from "../../support/test.ts";

test("proofers are accepted together, one is taken back, and the round is funded beside them", { tag: "@narrow" }, async ({ page, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(1_000);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const job = await seeking(poster, worker, TITLE, REPORT);
  for (const name of ["Quill", "Orla", "Tern"]) await (await (await join(name)).profile(["testing"])).apply(job);
  await page.goto(at(job));
  const section = part(page, "Proofing");
  await section.getByRole("button", { name: "Accept the chosen" }).click();
  await expect(section.getByRole("alert")).toContainText("Tick at least one proofer");

  await section.getByRole("checkbox", { name: "Choose Quill" }).check();
  await section.getByRole("checkbox", { name: "Choose Tern" }).check();
  await section.getByRole("button", { name: "Accept the chosen" }).click();
  await expect(section.locator(".flash"), "at the table").toHaveText("2 of 3 seats are taken. Choose the next.");
  await expect(notice(page)).toHaveCount(1);
  await section.getByRole("button", { name: "Take back the choice of Quill" }).click();
  await expect(section.locator(".flash")).toHaveText("1 of 3 seats are taken. Choose the next.");

  await section.getByRole("button", { name: "Accept all 2" }).click();
  await expect(section.locator(".flash")).toHaveText("3 of 3 seats are taken. Fund them and the review starts.");
  await expect(section.locator(".flash")).toBeInViewport();
  await section.getByRole("button", { name: "Fund the proofers, 36.00" }).click();
  await section.getByRole("dialog").getByRole("button", { name: "Fund 36.00" }).click();
  await expect(notice(page)).toContainText("The fees are held and the review has begun.");
});
