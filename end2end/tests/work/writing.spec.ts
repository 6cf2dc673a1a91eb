import { expect } from "@playwright/test";
import { barriers } from "../../support/checks.ts";
import { wav } from "../../support/files.ts";
import { delivered } from "../../support/jobs.ts";
import { awake, notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

test("a brief is previewed as its page will draw it, and nothing typed is lost", { tag: "@script" }, async ({ page, signedIn }) => {
  await signedIn("Larkfield Freight");
  await page.goto("/jobs/new");
  await awake(page);
  const brief = page.getByRole("textbox", { name: "Brief" });
  const preview = page.getByRole("button", { name: "Preview of Brief" });
  await preview.press("Enter");
  await expect(page.getByText("There is nothing to preview yet.")).toBeVisible();
  await brief.fill("# What counts\n\n- **all** rows <script>alert(1)</script>");
  await preview.press("Enter");
  const shown = page.getByRole("region", { name: "As readers will see it" });
  await expect(shown.getByRole("heading", { name: "What counts" })).toBeVisible();
  await expect(shown.getByRole("listitem")).toContainText("all rows");
  await expect(shown.locator("script")).toHaveCount(0);
  await expect(preview, "the focus stays").toBeFocused();
  await expect(preview).toHaveAttribute("aria-expanded", "true");
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Hide the preview" }).click();
  await expect(shown).toBeHidden();
  await expect(brief).toHaveValue(/^# What counts/);
  await page.context().setOffline(true);
  await preview.click();
  await expect(page.getByText("There is no preview: the server can’t be reached.")).toBeVisible();
});

test("without a script no preview is offered", async ({ page, signedIn, javaScriptEnabled }) => {
  await signedIn("Larkfield Freight");
  await page.goto("/jobs/new");
  await expect(page.getByRole("textbox", { name: "Brief" })).toBeVisible();
  if (!javaScriptEnabled) await expect(page.getByRole("button", { name: "Preview of Brief" })).toBeHidden();
});

test("a question that is refused stays a question: modal, and at its error", { tag: "@script" }, async ({ page, join, signedIn }) => {
  const poster = await (await signedIn("Larkin")).deposit(1_000);
  const job = await delivered(poster, await (await join("Ferrous")).profile(["coding"]));
  await page.goto(`/jobs/${job.id}`);
  await page.getByRole("button", { name: "Reject", exact: true }).click();
  const question = page.getByRole("dialog");
  await question.getByLabel("What is wrong").fill("No.");
  await question.getByRole("button", { name: /^Reject/ }).click();
  await awake(page);
  await expect(question.getByLabel("What is wrong")).toBeFocused();
  await expect(question.getByLabel("What is wrong")).toHaveValue("No.");
  expect(await question.evaluate((dialog: HTMLDialogElement) => dialog.matches(":modal")), "the page behind is inert").toBe(true);
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(notice(page).getByRole("link", { name: "What is wrong" })).toBeVisible();
});

test("a player whose file is gone says so and offers it for download", { tag: "@script" }, async ({ page, join, signedIn }) => {
  const poster = await (await join("Larkin")).deposit(1_000);
  const worker = await (await signedIn("Ferrous")).profile(["coding"]);
  const job = await poster.hire(worker, "Ring the bell");
  await page.goto(`/jobs/${job.id}`);
  await awake(page);
  await page.getByLabel("File of the work").setInputFiles([wav("bell.wav", 1)]);
  await page.getByRole("button", { name: "Upload" }).click();
  await expect(page.getByRole("status").filter({ hasText: "bell.wav is uploaded." })).toBeVisible();
  await worker.deliver(job);
  await page.goto(`/jobs/${job.id}/review`);
  await page.getByRole("navigation", { name: "Files" }).getByRole("link", { name: "bell.wav" }).click();
  await expect(page.locator("audio[controls]")).toHaveAccessibleName("bell.wav");
  await expect(page.getByText("This file can’t be played here")).toHaveCount(0);
  await page.route("**/files/**", (route) => (route.request().resourceType() === "media" ? route.abort() : route.continue()));
  await page.reload();
  const told = page.getByRole("alert").filter({ hasText: "This file can’t be played here" });
  await expect(told).toBeVisible();
  await expect(told.getByRole("link", { name: "Download it" })).toHaveAttribute("download", "bell.wav");
});
