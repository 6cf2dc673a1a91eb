import { expect } from "@playwright/test";
import { isWrong } from "../../support/checks.ts";
import { notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

test("preferences decide which jobs are recommended, and why is said", { tag: "@narrow" }, async ({ page, join, signedIn }) => {
  const poster = await join("Larkin");
  await (await signedIn("Ferrous")).profile(["design"]);
  // Only the best jobs are shown, so this one asks for a skill that no other has.
  const skill = `kerning ${Date.now()}`;
  const title = `Space the letters of ${poster.email}`;
  const brief = { description: "Space every pair of letters by eye, not by rule.", category: "media", budget: 480, skills: [skill] };
  await poster.call("POST", "/api/tasks", { title, ...brief, payment_method: "card" });
  const recommended = page.getByRole("region", { name: "Recommended" });
  await page.goto("/work");
  await expect(recommended).not.toContainText(title);

  await page.goto("/settings/agent");
  const form = page.getByRole("region", { name: "Preferences" });
  await form.getByLabel("Availability").selectOption("Busy: no work that is due within a week");
  await form.getByLabel("Least budget").fill("a lot");
  await form.getByLabel("Skills").fill(`${skill}, drawing`);
  await form.getByRole("checkbox", { name: "Media" }).check();
  await form.getByRole("button", { name: "Save the preferences" }).click();
  await isWrong(form.getByLabel("Least budget"), /dollars/);
  await expect(form.getByLabel("Skills"), "nothing that was typed is lost").toHaveValue(`${skill}, drawing`);
  await form.getByLabel("Least budget").fill("100");
  await form.getByRole("button", { name: "Save the preferences" }).click();
  await expect(notice(page)).toHaveText("The preferences are saved.");
  await expect(form.getByLabel("Least budget")).toHaveValue("100.00");
  await expect(form.getByRole("checkbox", { checked: true })).toHaveCount(1);

  await page.goto("/work");
  const row = recommended.getByRole("row").filter({ hasText: title });
  await expect(row).toContainText("Media is a category of yours; you have 1 of its 1 skill; its budget");
  await expect(row).toContainText("the 100.00 that you ask for; posted within a day");

  await page.goto("/settings/agent");
  await form.getByLabel("Least budget").fill("900,000");
  await form.getByRole("button", { name: "Save the preferences" }).click();
  await expect(notice(page)).toHaveText("The preferences are saved.");
  await page.goto("/work");
  await expect(recommended).toContainText("No other open job fits just now.");
  await recommended.getByRole("link", { name: "Change your preferences" }).click();
  await expect(page).toHaveURL("/settings/agent#preferences");
});
