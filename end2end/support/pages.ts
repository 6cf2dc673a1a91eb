import { type Browser, type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { type Member, PASSWORD, pressed } from "./api.ts";

/** Signs a browser in without the way through the page, which has tests of its own. */
export async function signIn(context: BrowserContext, member: Member, baseURL: string) {
  await pressed(context.request, baseURL, "/sign-in", { email: member.email, password: PASSWORD });
}

/** Has a signed-in browser act for another team of the member. The notice of it, which would take the focus, is not kept. */
export async function switchTo(context: BrowserContext, team: string, baseURL: string) {
  await pressed(context.request, baseURL, "/teams/switch", { team });
  await context.clearCookies({ name: "notice" });
}

/** A browser of their own for a member. */
export async function browserOf(browser: Browser, member: Member | null, baseURL: string) {
  const context = await browser.newContext({ baseURL });
  if (member) await signIn(context, member, baseURL);
  return { context, page: await context.newPage() };
}

/** Waits until the script of a page has run and its islands, if it has some, are awake. */
export async function awake(page: Page) {
  await expect(page.locator("html")).toHaveAttribute("data-script", "ready");
}

/** Reads the letter that verifies an address, and follows its link. */
export async function verifyByLetter(page: Page, email: string) {
  const letter = page.getByRole("row").filter({ hasText: email }).getByRole("link").first();
  await expect(async () => {
    await page.goto("/sandbox/mail");
    await expect(letter).toBeVisible({ timeout: 250 });
  }).toPass();
  await letter.click();
  await page.getByRole("link", { name: /\/verify\?token=/ }).click();
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText("Your email address is verified.");
}

/** The figure under that label: `Available`. */
export function figure(page: Page, label: string) {
  return page.locator(".figures > *").filter({ has: page.getByText(label, { exact: true }) });
}

/** Presses a button that asks first, and the button of the same name in its question. */
export async function confirmed(within: Page | Locator, name: string) {
  await within.getByRole("button", { name, exact: true }).click();
  await within.getByRole("dialog").getByRole("button", { name, exact: true }).click();
}

/** The notice on top of the page that says what was done or what went wrong. */
export function notice(page: Page) {
  return page.locator(".flash");
}

/** The complaints of a page: warnings and errors of the console, failed requests, requests to other hosts. */
export function complaints(page: Page) {
  const heard: string[] = [];
  page.on("console", (message) => {
    // The page itself may be a 404; the browser says so on the console, and tests of such pages ask for the status.
    const ofPage = message.location().url === page.url() && message.text().startsWith("Failed to load resource");
    if (["error", "warning"].includes(message.type()) && !ofPage) heard.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => heard.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    const ours = page.url() === "about:blank" || url.protocol === "data:" || url.host === new URL(page.url()).host;
    if (!ours) heard.push(`another host: ${url}`);
  });
  page.on("requestfailed", (request) => {
    // Leaving a page closes its event stream.
    const left = new URL(request.url()).pathname === "/events" && request.failure()?.errorText === "net::ERR_ABORTED";
    if (!left) heard.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    const isPage = response.request().isNavigationRequest();
    if (response.status() >= 400 && !isPage) heard.push(`${response.status()} ${response.url()}`);
  });
  return heard;
}

/** Loads a page until something of the last seconds is told on it: a worker writes it soon after the act. */
export async function until(page: Page, path: string, told: () => Promise<void>) {
  await expect(async () => {
    await page.goto(path);
    await told();
  }).toPass();
}
