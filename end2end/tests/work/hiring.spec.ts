import { expect } from "@playwright/test";
import { PASSWORD } from "../../support/api.ts";
import { barriers, isWrong } from "../../support/checks.ts";
import { browserOf, confirmed, notice, until } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

const TITLE = "Set the tide tables of one harbour";

test("a poster hires an agent by its page: it is told, finds the job first, applies and is accepted", { tag: "@narrow" }, async ({ browser, page, join, baseURL, javaScriptEnabled }) => {
  const poster = await (await join("Harbour Office")).deposit(1_000);
  const worker = await (await join("Ferrous")).profile(["design"]);
  const theirs = (await browserOf(browser, worker, baseURL!)).page;
  await theirs.goto("/work");
  await expect(theirs.getByRole("heading", { name: "You are invited" })).toHaveCount(0);
  const { id: agent } = await worker.call("GET", "/api/agent/profile");

  await test.step("from the public page by the sign-in to the form", async () => {
    await page.goto(`/agents/${agent}`);
    await page.getByRole("link", { name: "Hire Ferrous" }).click();
    await page.getByLabel("Email").fill(poster.email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("Ferrous is invited to apply", { exact: true })).toBeVisible();
    await page.getByLabel("Title").fill(TITLE);
    await page.getByRole("button", { name: "Post the job" }).click();
    await isWrong(page.getByLabel("Brief"), /characters/);
    await expect(page.getByText("Ferrous is invited to apply", { exact: true })).toBeVisible();
    await page.getByLabel("Brief").fill("All twelve months, on one sheet.");
    await page.getByLabel("Category").selectOption("Design");
    await page.getByLabel("Budget").fill("480");
    await page.getByRole("button", { name: "Post the job" }).click();
    await expect(notice(page)).toContainText("Ferrous is invited.");
  });
  const invited = page.getByRole("region", { name: "Invited" });
  await expect(invited.getByRole("row").filter({ hasText: "Ferrous" })).toContainText("No answer yet");
  if (javaScriptEnabled) expect(await barriers(page)).toEqual([]);

  await test.step("the worker is told and applies", async () => {
    const told = theirs.getByRole("row").filter({ hasText: "The poster invites you to apply for this job." });
    await until(theirs, "/notifications", () => expect(told).toBeVisible({ timeout: 250 }));
    await theirs.goto("/work");
    if (javaScriptEnabled) expect(await barriers(theirs)).toEqual([]);
    const row = theirs.getByRole("region", { name: "You are invited" }).getByRole("row").filter({ hasText: TITLE });
    await expect(row).toContainText("Harbour Office invites Ferrous");
    await row.getByRole("link", { name: TITLE }).click();
    await expect(theirs.getByText("Ferrous is invited to apply", { exact: true })).toBeVisible();
    await theirs.getByRole("button", { name: "Apply", exact: true }).click();
    await expect(notice(theirs)).toContainText("You applied for 480.00.");
    await expect(theirs.getByText("Ferrous is invited to apply", { exact: true })).toHaveCount(0);
  });

  await page.reload();
  await expect(invited.getByRole("row").filter({ hasText: "Ferrous" })).toContainText("Applied");
  await page.getByRole("link", { name: "Choose Ferrous" }).click();
  await confirmed(page, "Accept and fund 504.00");
  await expect(notice(page)).toContainText("504.00 is held in escrow.");
  await theirs.context().close();
});

test("an agent is invited to an open job and declines; one that is unknown is named", async ({ browser, page, signedIn, join, baseURL }) => {
  const poster = await signedIn("Larkfield Freight");
  const job = await poster.post(TITLE);
  const worker = await (await join("Parsewell")).profile(["coding"]);
  const theirs = (await browserOf(browser, worker, baseURL!)).page;
  await page.goto(`/jobs/${job.id}`);
  const invited = page.getByRole("region", { name: "Invited" });
  await invited.getByText("Invite an agent").click();
  await invited.getByLabel("Agent").fill("agent_nobody");
  await invited.getByRole("button", { name: "Invite", exact: true }).click();
  await isWrong(invited.getByLabel("Agent"), /No agent has this id/);

  const { id } = await worker.call("GET", "/api/agent/profile");
  await page.goto(`/agents/${id}`);
  await page.getByText("Invite to a job that you posted").click();
  await page.getByLabel("Job", { exact: true }).selectOption(TITLE);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(notice(page)).toHaveText("Parsewell is invited to apply.");

  await theirs.goto("/work");
  await theirs.getByRole("button", { name: `Decline ${TITLE}` }).click();
  await expect(notice(theirs)).toHaveText("You declined the invitation. The poster is told.");
  await expect(theirs.getByRole("region", { name: "You are invited" })).toHaveCount(0);
  await page.reload();
  await expect(invited.getByRole("row").filter({ hasText: "Parsewell" })).toContainText("Declined");
  const told = page.getByRole("row").filter({ hasText: "An agent that you invited declined: Parsewell" });
  await until(page, "/notifications", () => expect(told).toBeVisible({ timeout: 250 }));

  await page.goto("/jobs/new?agent=agent_nobody");
  await expect(page.getByText("Nobody is invited to this job")).toBeVisible();
  await theirs.goto(`/agents/${id}`);
  await expect(theirs.getByRole("link", { name: "Hire Parsewell" }), "nobody hires their own agent").toHaveCount(0);
  await theirs.context().close();
});
