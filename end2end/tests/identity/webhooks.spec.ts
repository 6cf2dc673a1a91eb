import { expect, type Page } from "@playwright/test";
import { isWrong } from "../../support/checks.ts";
import { awake, confirmed, notice } from "../../support/pages.ts";
import { bodySignature, receive, type Receiver, signature } from "../../support/receiver.ts";
import { test as base } from "../../support/test.ts";

const test = base.extend<{ receiver: Receiver }>({
  receiver: async ({}, use) => {
    const receiver = await receive();
    await use(receiver);
    await receiver.close();
  },
});

/** Adds an endpoint by the form, and returns its secret, which its page shows. */
async function added(page: Page, url: string, isFresh = true) {
  if (isFresh) await page.goto("/webhooks");
  await page.getByLabel("Address", { exact: true }).fill(url);
  await page.getByRole("button", { name: "Add the endpoint" }).click();
  await expect(notice(page)).toHaveText("The webhook is added. Send a test to see it arrive.");
  return shownSecret(page);
}

async function shownSecret(page: Page) {
  const shown = await page.locator(".notice .secret").innerText();
  return shown.match(/whsec_[\w+/=]+/)![0];
}

/** Sends a test, and waits until the log says so. */
async function tested(page: Page, says: RegExp) {
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(notice(page)).toContainText("A test is on its way.");
  await becomes(page, says);
}

/** Loads the page until the first line of the log says it. */
async function becomes(page: Page, says: RegExp) {
  await expect(async () => {
    await page.reload();
    await expect(first(page)).toContainText(says, { timeout: 250 });
  }).toPass();
}

const first = (page: Page) => page.getByRole("table", { name: "Deliveries, newest first" }).getByRole("row").nth(1);

test("a person adds an endpoint, and a test arrives there, signed", async ({ page, signedIn, receiver }) => {
  await signedIn("Okafor");
  await page.goto("/settings/keys");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Webhooks" }).click();
  await expect(page.getByText("No webhooks yet")).toBeVisible();
  const secret = await added(page, receiver.url);
  await page.reload();
  await expect(page.getByText(secret), "a secret is shown once").toHaveCount(0);

  await tested(page, /webhook\.test.*Delivered/);
  expect(receiver.received).toHaveLength(1);
  const [got] = receiver.received;
  expect(got!.headers["webhook-signature"]).toBe(signature(secret, got!));
  expect(got!.headers["x-webhook-signature"]).toBe(bodySignature(secret, got!));
  const sent = JSON.parse(got!.body);
  expect(sent).toMatchObject({ type: "webhook.test", id: got!.headers["webhook-id"] });

  await first(page).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("webhook.test");
  await expect(page.getByRole("group", { name: "Request" })).toContainText(`"message": "${sent.data.message}"`);
  await expect(page.getByRole("list").filter({ hasText: "204" })).toContainText(" ms");
  await page.goto("/webhooks");
  await expect(page.getByText("1 of 20")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: new URL(receiver.url).host })).toContainText("Active");
});

test("a receiver that fails is retried, and takes the delivery once it is mended", async ({ page, signedIn, receiver }) => {
  await signedIn("Okafor");
  await added(page, receiver.url);
  receiver.status = 503;
  await tested(page, /Next in/);
  await expect(page.getByText(/^It has failed since/)).toBeVisible();
  await first(page).getByRole("link").click();
  await expect(page.getByRole("list").filter({ hasText: "503" })).toContainText("“warming up”");
  await expect(page.getByText(/^Next attempt in/)).toBeVisible();

  receiver.status = 204;
  const [failed] = receiver.received;
  await page.getByRole("button", { name: /^Redeliver msg_/ }).click();
  await expect(notice(page)).toHaveText("webhook.test is sent again now.");
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("Delivered", { exact: true })).toBeVisible({ timeout: 250 });
  }).toPass();
  const taken = receiver.received.at(-1)!;
  expect(taken.headers["webhook-id"], "a delivery keeps its id").toBe(failed!.headers["webhook-id"]);
  expect(taken.body).toBe(failed!.body);
  await page.goto("/webhooks");
  await expect(page.getByRole("row").filter({ hasText: new URL(receiver.url).host })).toContainText("Active");
});

test("a receiver that is gone is the team’s move, and is turned on again", async ({ page, signedIn, receiver }) => {
  await signedIn("Okafor");
  await added(page, receiver.url);
  receiver.status = 410;
  await tested(page, /Given up/);
  await page.goto("/webhooks");
  await expect(page.getByRole("row").filter({ hasText: "It answered 410" })).toContainText("Disabled");
  await expect(page.getByText(/^Your move: 127\.0\.0\.1:\d+ is disabled$/)).toBeVisible();
  receiver.status = 204;
  await page.getByRole("button", { name: /^Turn on/ }).click();
  await expect(notice(page)).toHaveText("The webhook is on. What waited is sent now.");
  await tested(page, /Delivered/);
});

test("a rotated secret is shown once, and both sign for a day", async ({ page, signedIn, receiver }) => {
  await signedIn("Okafor");
  const before = await added(page, receiver.url);
  await confirmed(page, "Rotate the secret");
  await expect(notice(page)).toHaveText("The secret is rotated.");
  const after = await shownSecret(page);
  expect(after).not.toBe(before);
  await expect(page.getByText(/^The secret before it signs too until/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(after)).toHaveCount(0);
  await tested(page, /Delivered/);
  const [got] = receiver.received;
  expect(got!.headers["webhook-signature"]).toBe(`${signature(after, got!)} ${signature(before, got!)}`);
});

test("an endpoint hears the events that are ticked, and is disabled, replayed and deleted", async ({ page, signedIn, receiver }) => {
  await signedIn("Okafor");
  await page.goto("/webhooks");
  await page.getByLabel("Address", { exact: true }).fill(receiver.url);
  await page.getByLabel("Description").fill("Duty phone");
  await page.getByLabel("Names and bodies").selectOption("gigiac");
  await page.getByLabel("All of them").uncheck();
  await page.getByRole("button", { name: "Add the endpoint" }).click();
  await expect(notice(page)).toContainText("Tick at least one, or all of them.");
  await expect(page.getByLabel("Address", { exact: true })).toHaveValue(receiver.url);
  await page.locator("[data-dialect=gigiac] summary").filter({ hasText: "Task" }).click();
  await page.getByRole("checkbox", { name: /^task\.created/ }).check();
  await page.getByRole("button", { name: "Add the endpoint" }).click();
  await expect(page.getByText("1 of 7", { exact: true })).toBeVisible();
  await page.locator("summary").filter({ hasText: "Proposal" }).click();
  await page.getByRole("checkbox", { name: /^proposal\.accepted/ }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(notice(page)).toHaveText("The webhook is saved.");
  await expect(page.getByText("2 of 7", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(notice(page)).toHaveText("Nothing of that time is left to send.");
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(page.getByText(/is disabled$/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Send a test" })).toHaveCount(0);

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const question = page.getByRole("dialog", { name: "Delete this endpoint?" });
  await question.getByRole("button", { name: "Keep it" }).click();
  await expect(question).toBeHidden();
  await confirmed(page, "Delete");
  await expect(notice(page)).toHaveText(/^The webhook at http:\/\/127\.0\.0\.1:\d+ is deleted\.$/);
  await expect(page.getByText("0 of 20")).toBeVisible();
});

test("an address that can’t be sent to is refused at its field, and a secret is not sent back", async ({ page, signedIn }) => {
  await signedIn("Okafor");
  await page.goto("/webhooks");
  for (const url of ["", "ftp://example.com", "https://user:word@example.com/"]) {
    await page.getByLabel("Address", { exact: true }).fill(url);
    await page.getByLabel("A secret of your own").fill("a secret of a bot’s own");
    await page.getByRole("button", { name: "Add the endpoint" }).click();
    await isWrong(page.getByLabel("Address", { exact: true }), /./);
    await expect(page.getByLabel("A secret of your own")).toHaveValue("");
  }
});

test("the log and a delivery follow what happens by themselves @script", async ({ page, signedIn, receiver }) => {
  await signedIn("Okafor");
  await added(page, receiver.url);
  receiver.status = 503;
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(notice(page)).toContainText("A test is on its way.");
  await page.evaluate(() => document.body.setAttribute("data-same", "page"));
  await expect(first(page)).toContainText(/webhook\.test.*503.*Next in/);
  receiver.status = 204;
  await expect(first(page), "the next attempt comes after five seconds").toContainText(/204.* ms.*Delivered/);
  await expect(page.locator("body[data-same]"), "the page was not loaded again").toHaveCount(1);

  await first(page).getByRole("link").click();
  await page.getByRole("button", { name: /^Redeliver msg_/ }).click();
  await expect(notice(page)).toHaveText("webhook.test is sent again now.");
  await expect(page.getByRole("list").filter({ hasText: "503" }).getByRole("listitem")).toHaveCount(3);
});

test("a new secret stays while the page follows events @script", async ({ page, signedIn, receiver }) => {
  const okafor = await signedIn("Okafor");
  const secret = await added(page, receiver.url);
  await awake(page);
  await okafor.post("Replace the parser");
  await expect(first(page)).toContainText(/job\.posted.*204.*Delivered/);
  await expect(page.locator(".notice .secret")).toContainText(secret);
});

test("the log is narrowed by event, state and delivery id", async ({ page, signedIn, receiver }) => {
  const okafor = await signedIn("Okafor");
  await added(page, receiver.url);
  await okafor.post("Replace the parser");
  await becomes(page, /job\.posted.*204.*Delivered/);
  await tested(page, /webhook\.test.*204.*Delivered/);
  const rows = page.getByRole("table", { name: "Deliveries, newest first" }).getByRole("row");
  await expect(rows).toHaveCount(3);
  const search = page.getByRole("search", { name: "Deliveries" });
  await search.getByLabel("Event").selectOption("job.posted");
  await search.getByRole("button", { name: "Show" }).click();
  await expect(rows).toHaveCount(2);
  await expect(first(page)).toContainText("job.posted");
  await search.getByLabel("State").selectOption("failed");
  await search.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("No delivery matches")).toBeVisible();
  await search.getByRole("link", { name: "Clear" }).click();
  await expect(rows).toHaveCount(3);
  const id = receiver.received.at(-1)!.headers["webhook-id"] as string;
  await search.getByLabel("Delivery id").fill(id);
  await search.getByRole("button", { name: "Show" }).click();
  await expect(rows).toHaveCount(2);
  await expect(first(page)).toContainText(id);
});

test("an endpoint belongs to an agent, and then to the whole team", async ({ page, signedIn, receiver }) => {
  const okafor = await signedIn("Okafor");
  await okafor.profile(["writing"]);
  await page.goto("/webhooks");
  await expect(page.getByLabel("Hears of")).toHaveValue("team");
  const name = await page.getByLabel("Hears of").locator("option").nth(1).innerText();
  await page.getByLabel("Hears of").selectOption({ label: name });
  await added(page, receiver.url, false);
  await expect(page.locator(".facts")).toContainText(`Hears of ${name}`);
  await okafor.post("Replace the parser");
  await tested(page, /webhook\.test.*Delivered/);
  expect(receiver.received.map((got) => got.headers["x-webhook-event"]), "the team’s job is not the agent’s").toEqual(["webhook.test"]);
  await page.getByLabel("Hears of").selectOption({ label: "All of the team" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(notice(page)).toHaveText("The webhook is saved.");
  await expect(page.locator(".facts")).not.toContainText("Hears of");
  await okafor.post("Replace the parser");
  await becomes(page, /job\.posted.*Delivered/);
});

test("another team’s endpoint is not found", async ({ page, signedIn, context, receiver }) => {
  await signedIn("Okafor");
  await added(page, receiver.url);
  const address = page.url();
  await tested(page, /Delivered/);
  await first(page).getByRole("link").click();
  await expect(page).toHaveURL(/\/deliveries\//);
  const delivery = page.url();
  await context.clearCookies();
  await signedIn("Larkin");
  for (const theirs of [address, delivery]) expect((await page.goto(theirs))!.status()).toBe(404);
});
