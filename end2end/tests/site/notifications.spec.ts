import { expect, request } from "@playwright/test";
import { delivered } from "../../support/jobs.ts";
import { notice, signIn, until } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

test("a poster learns from every page that it is their move, reads it, and is reminded by mail", async ({ page, signedIn, join, context, baseURL }) => {
  const poster = await signedIn("Larkfield Freight");
  await poster.deposit(1_000);
  const worker = await (await join("Parsewell")).profile(["coding"]);
  const job = await delivered(poster, worker);

  // The places of the header count states, the bell counts what the worker has written: wait for both.
  const move = page.getByRole("row").filter({ hasText: "The work was delivered. Approve it, request a revision, or reject it." });
  await until(page, "/notifications", () => expect(move).toBeVisible({ timeout: 250 }));
  const header = page.getByRole("navigation", { name: "Main", exact: true });
  await until(page, "/wallet", () => expect(header.getByRole("link", { name: /^Hire ?, 1 needs you$/ })).toBeVisible({ timeout: 250 }));
  await expect(page).toHaveTitle(/^\(\d+\) /);
  await page.getByRole("link", { name: /^Notifications, \d+ unread$/ }).click();
  await expect(move).toContainText(job.title);
  await expect(move).toContainText(/\d d|\d h/);
  await move.getByRole("button", { name: /^Mark as read: / }).click();
  await expect(notice(page)).toHaveText("Marked as read.");
  await expect(move.getByRole("button")).toHaveCount(0);
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.getByRole("link", { name: "Notifications", exact: true }).first()).toBeVisible();
  await expect(page).toHaveTitle(/^Notifications/);
  await expect(header.getByRole("link", { name: /^Hire ?, 1 needs you$/ }), "reading is not acting").toBeVisible();
  await move.getByRole("link", { name: job.title }).click();
  await expect(page).toHaveURL(`/jobs/${job.id}`);

  // The mail says the same, and one click stops mails like it, without signing in.
  const letter = page.getByRole("row").filter({ hasText: poster.email }).filter({ hasText: `Your move: ${job.title}` }).getByRole("link");
  await until(page, "/sandbox/mail", () => expect(letter.first()).toBeVisible({ timeout: 250 }));
  await letter.first().click();
  await expect(page.getByText("If nothing happens until then, ")).toBeVisible();
  await context.clearCookies();
  const stop = page.getByRole("link", { name: /\/unsubscribe\?token=/ });
  const address = (await stop.getAttribute("href"))!;
  await stop.click();
  await page.getByRole("button", { name: "Stop these mails" }).click();
  await expect(notice(page)).toHaveText("You get no more mails like that one.");
  await signIn(context, poster, baseURL!);
  await page.goto("/settings/notifications");
  await expect(page.getByLabel("Your move")).toHaveValue("never");
  await page.getByLabel("Your move").selectOption("Once a day, together");
  await page.getByRole("button", { name: "Save the choice" }).click();
  await expect(notice(page)).toHaveText("Your choice of mail is saved.");
  await expect(page.getByLabel("Your move")).toHaveValue("daily");

  // A mail program does it with one POST (RFC 8058).
  const program = await request.newContext();
  expect((await program.post(address, { form: { "List-Unsubscribe": "One-Click" } })).status()).toBe(200);
  const unknown = address.replace(/token=(.)/, (_, first: string) => `token=${first === "a" ? "b" : "a"}`);
  expect((await program.post(unknown, { form: {} })).status()).toBe(404);
  await program.dispose();
  await page.reload();
  await expect(page.getByLabel("Your move")).toHaveValue("never");
});
