import { expect, type Page } from "@playwright/test";
import { BRIEF, PASSWORD } from "../../support/api.ts";
import { isWrong } from "../../support/checks.ts";
import { delivered, offered } from "../../support/jobs.ts";
import { awake, browserOf, confirmed, figure, notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

test("every wrong field of a job is named beside the field, and what was typed stays", { tag: "@narrow" }, async ({ page, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/jobs/new");
  await page.getByLabel("Title").fill("x");
  await page.getByLabel("Brief").fill("short");
  await page.getByLabel("Category").selectOption("Writing");
  await page.getByLabel("Budget").fill("4.999");
  await page.getByLabel("Minimum").fill("lots");
  await page.getByRole("button", { name: "Post the job" }).click();

  await expect(page).toHaveURL("/jobs/new");
  await expect(page.getByRole("alert")).toContainText("Nothing was saved: 4 fields need a change.");
  await expect(notice(page)).toBeFocused();
  await isWrong(page.getByLabel("Title"), /3/);
  await isWrong(page.getByLabel("Brief"), /10/);
  await isWrong(page.getByLabel("Budget"), /fraction of a cent/);
  await isWrong(page.getByLabel("Minimum"), /"lots" is not an amount/);
  await expect(page.getByLabel("Category")).not.toHaveAttribute("aria-invalid");
  await expect(page.getByLabel("Title")).toHaveValue("x");
  await expect(page.getByLabel("Brief")).toHaveValue("short");
  await expect(page.getByLabel("Category")).toHaveValue("writing");
  await expect(page.getByLabel("Budget")).toHaveValue("4.999");
  await expect(page.getByLabel("Minimum")).toHaveValue("lots");

  await page.getByRole("alert").getByRole("link").first().click();
  await expect(page.locator("[aria-invalid=true]:focus")).toHaveCount(1);
});

test("an error goes away with the next visit", async ({ page, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/jobs/new");
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.goto("/jobs/new");
  await expect(page.getByRole("alert")).toBeHidden();
  await expect(page.getByLabel("Title")).not.toHaveAttribute("aria-invalid");
});

test("a wrong budget is told in the form's own words", async ({ page, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/jobs/new");
  await page.getByLabel("Title").fill("Parse invoices");
  await page.getByLabel("Brief").fill(BRIEF);
  await page.getByLabel("Budget").fill("100");
  await page.getByLabel("Minimum").fill("200");
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(page.getByLabel("Minimum")).toHaveAttribute("aria-invalid", "true");
  // Names of the API's fields mean nothing to somebody who fills in a form.
  await expect(page.getByText("budget_max")).toBeHidden();
  await expect(page.getByText("cents")).toBeHidden();
});

test("a form that was sent from two windows takes effect once", async ({ page, context, join, signedIn, javaScriptEnabled }) => {
  const poster = await signedIn("Larkin");
  const worker = await (await join("Ferrous")).profile(["coding"]);
  await poster.deposit(2000);
  const { job, application } = await offered(poster, worker);
  const other = await context.newPage();
  for (const window of [page, other]) await window.goto(`/jobs/${job.id}?pick=${application}`);
  await confirmed(page, "Accept and fund 472.50");
  await expect(notice(page)).toHaveText("Accepted, and 472.50 is held in escrow.");
  if (javaScriptEnabled) {
    // The other window follows by itself: what was done is not offered there any more.
    await expect(other.getByRole("button", { name: "Accept and fund 472.50" })).toBeHidden();
  } else {
    await confirmed(other, "Accept and fund 472.50");
    await expect(notice(other)).toContainText("The job is in progress");
  }
  await other.goto("/wallet");
  await expect(figure(other, "In escrow")).toContainText("472.50");
  await expect(figure(other, "Available")).toContainText("1,527.50");
});

test("a double press sends a form once", { tag: "@script" }, async ({ page, signedIn }) => {
  const poster = await signedIn("Larkin");
  const title = `Pressed twice by ${poster.email}`;
  await page.goto("/jobs/new");
  await awake(page);
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Brief").fill(BRIEF);
  await page.getByLabel("Budget").fill("480");
  await page.getByRole("button", { name: "Post the job" }).dblclick();
  await expect(notice(page)).toContainText("Posted.");
  await page.goto("/hire");
  await expect(page.getByRole("table", { name: "Your jobs, newest first" }).getByText(title)).toHaveCount(1);
});

test.describe("what can't be undone asks once more", { tag: "@narrow" }, () => {
  /** The first press asks, the way out changes nothing, the second press acts. */
  async function asksTwice(page: Page, ask: string, question: string, keep: string, act: string, fill: () => Promise<void>) {
    const dialog = page.getByRole("dialog", { name: question });
    await page.getByRole("button", { name: ask }).click();
    await expect(dialog).toBeVisible();
    await expect(dialog.getByRole("button", { name: keep })).toBeFocused();
    await dialog.getByRole("button", { name: keep }).click();
    await expect(dialog).toBeHidden();
    await page.getByRole("button", { name: ask }).click();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await page.getByRole("button", { name: ask }).click();
    await fill();
    await dialog.getByRole("button", { name: act }).click();
  }

  test("cancelling a job", async ({ page, signedIn }) => {
    const poster = await signedIn("Larkin");
    const job = await poster.post("Parse invoices with a grammar");
    await page.goto(`/jobs/${job.id}`);
    await asksTwice(page, "Cancel the job", "Cancel this job?", "Keep the job", "Cancel the job", () =>
      page.getByLabel("Reason").fill("Done already."));
    await expect(notice(page)).toHaveText("The job is cancelled.");
    await expect(page.getByRole("list").filter({ hasText: "Done already." })).toBeVisible();
    expect(await poster.status(job)).toBe("cancelled");
  });

  test("rejecting the work", async ({ page, join, signedIn }) => {
    const poster = await signedIn("Larkin");
    await poster.deposit(500);
    const job = await delivered(poster, await (await join("Ferrous")).profile(["coding"]));
    await page.goto(`/jobs/${job.id}`);
    await asksTwice(page, "Reject", "Reject the work?", "Back", "Reject the work", async () => {
      const question = page.getByRole("dialog", { name: "Reject the work?" });
      await question.getByLabel("Reason").selectOption("Parts are missing");
      await question.getByLabel("What is wrong").fill("There is no grammar in it.");
    });
    await expect(notice(page)).toContainText("Rejected.");
    expect(await poster.status(job)).toBe("disputed");
  });

  test("revoking a key", async ({ page, signedIn }) => {
    await signedIn("Larkin");
    await page.goto("/settings/keys");
    const row = page.getByRole("row").filter({ hasText: "tests" });
    await expect(row).toBeVisible();
    await asksTwice(page, "Revoke tests", "Revoke this key?", "Keep it", "Revoke the key", async () => {});
    await expect(notice(page)).toHaveText("The key “tests” is revoked.");
    await expect(row).toBeHidden();
  });
});

test("a question that was answered badly is asked again, with what was typed and what is wrong", async ({ page, join, signedIn }) => {
  const poster = await signedIn("Larkin");
  await poster.deposit(500);
  const job = await delivered(poster, await (await join("Ferrous")).profile(["coding"]));
  await page.goto(`/jobs/${job.id}`);
  await page.getByRole("button", { name: "Reject", exact: true }).click();
  await page.getByRole("dialog").getByLabel("What is wrong").fill("Bad.");
  await page.getByRole("dialog").getByRole("button", { name: "Reject the work" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  // The field is in a question that opens on demand; the error must be where the reader can see and mend it.
  const field = page.getByLabel("What is wrong");
  await expect(field).toBeVisible();
  await isWrong(field, /10/);
  await expect(field).toHaveValue("Bad.");
});

test("somebody else's private job is a page that was not found", async ({ page, join, signedIn }) => {
  const poster = await join("Larkin");
  await poster.deposit(500);
  const job = await delivered(poster, await (await join("Ferrous")).profile(["coding"]));
  await signedIn("Stranger");
  const answer = await page.goto(`/jobs/${job.id}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
  await expect(page.getByRole("main")).not.toContainText(job.title);
  await expect(page.getByRole("main").getByRole("link", { name: "All jobs" })).toBeVisible();
});

test("a ref, a made-up id and an address nobody made are pages that were not found", async ({ page, join }) => {
  const job = await (await join("Larkin")).post("Parse invoices with a grammar");
  for (const path of [`/jobs/${job.ref}`, "/jobs/00000000-0000-4000-8000-000000000000", "/nowhere", "/sandbox/checkout/cs_nothing"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
  }
});

test("a brief is for those who agreed to the NDA", async ({ page, browser, baseURL, join, signedIn }) => {
  const job = await (await join("Larkin")).post("Parse invoices with a grammar");
  await signedIn("Stranger");
  await page.goto(`/jobs/${job.id}`);
  expect(await page.content()).not.toContain("212 fixtures");
  const visitor = await browserOf(browser, null, baseURL!);
  await visitor.page.goto(`/jobs/${job.id}`);
  expect(await visitor.page.content()).not.toContain("212 fixtures");
  await visitor.page.getByRole("link", { name: "Sign in to read it" }).click();
  await expect(visitor.page).toHaveURL(`/sign-in?next=/jobs/${job.id}`);
});

test("who has no profile yet is led to make one before applying", async ({ page, join, signedIn }) => {
  const job = await (await join("Larkin")).post("Parse invoices with a grammar");
  await signedIn("Ada");
  await page.goto(`/jobs/${job.id}`);
  await page.getByRole("button", { name: "Agree and read the brief" }).click();
  await expect(page.getByText("All 212 fixtures")).toBeVisible();
  await page.getByRole("link", { name: "Create your profile" }).click();
  await page.getByLabel("Name").fill("A");
  await page.getByRole("button", { name: "Create the profile" }).click();
  await isWrong(page.getByLabel("Name"), /2/);
  await isWrong(page.getByRole("group", { name: "Specializations" }), /1 to 10/);
  await page.getByLabel("Name").fill("Ada");
  await page.getByRole("checkbox", { name: "Coding" }).check();
  await page.getByRole("checkbox", { name: "Data" }).check();
  await page.getByRole("button", { name: "Create the profile" }).click();
  await expect(notice(page)).toHaveText("Your agent profile is saved.");
  await expect(page, "back where it was wanted").toHaveURL(`/jobs/${job.id}`);
  await expect(page.getByRole("button", { name: "Apply" })).toBeVisible();
  await page.goto("/settings/agent");
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(2);
});

test("a title that is read from the right turns nothing around it", async ({ page, signedIn }) => {
  const poster = await signedIn("Larkin");
  const title = `تحليل الفواتير بالعربية ${Date.now()} (PDF) – عاجل`;
  await poster.post(title);
  await page.goto(`/jobs?q=${encodeURIComponent(title)}`);
  const link = page.getByRole("link", { name: title });
  await expect(link).toBeVisible();
  /** The left end of a word of the title, as it stands on the page. */
  const at = (word: string) =>
    link.evaluate((one, word) => {
      const text = one.firstChild as Text;
      const range = document.createRange();
      range.setStart(text, text.data.indexOf(word));
      range.setEnd(text, text.data.indexOf(word) + word.length);
      return range.getBoundingClientRect().left;
    }, word);
  expect(await at("تحليل"), "its first word stands right of its last").toBeGreaterThan(await at("عاجل"));
});

test("a brief is drawn as it is written, with links that say nothing of their reader", async ({ page, signedIn }) => {
  const poster = await signedIn("Larkin");
  const job = await poster.post("Draw the brief", { description: "# What we need\n\n- **one** list\n- see https://example.org/a_b.\n\nTwo\nlines." });
  await page.goto(`/jobs/${job.id}`);
  const brief = page.getByRole("region", { name: "Brief", exact: true });
  await expect(brief.getByRole("heading", { name: "What we need", level: 3 })).toBeVisible();
  await expect(brief.locator("strong")).toHaveText("one");
  const link = brief.getByRole("link", { name: "https://example.org/a_b", exact: true });
  await expect(link).toHaveAttribute("rel", "nofollow noopener noreferrer");
  await expect(brief.getByText("Two\nlines.")).toBeVisible();
});

test("what strangers type is shown as they typed it, and never as markup", async ({ page, signedIn }) => {
  const poster = await signedIn("Larkin <i>& Sons</i>");
  const title = "</title><script>document.body.remove()</script> & <b>bold</b>";
  const job = await poster.post(title, { description: "<img src=x onerror=alert(1)>\n\n  two  spaces kept" });
  await page.goto(`/jobs/${job.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page).toHaveTitle(`${title} · Guildhall`);
  await expect(page.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
  await expect(page.locator("main img, main script")).toHaveCount(0);
});

test("two presses before the script is awake are one", { tag: "@script" }, async ({ page, signedIn }) => {
  const poster = await signedIn("Larkin");
  const title = `Pressed early by ${poster.email}`;
  let awaken = () => {};
  const asleep = new Promise<void>((resolve) => (awaken = resolve));
  await page.route(/page\.js$/, async (route) => {
    await asleep;
    await route.continue().catch(() => {});
  });
  // Without its script the page is not at `DOMContentLoaded` yet.
  await page.goto("/jobs/new", { waitUntil: "commit" });
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Brief").fill(BRIEF);
  await page.getByLabel("Budget").fill("480");
  await page.getByRole("button", { name: "Post the job" }).dblclick();
  await expect(notice(page)).toContainText("Posted.");
  awaken();
  await page.goto("/hire");
  await expect(page.getByRole("table", { name: "Your jobs, newest first" }).getByText(title)).toHaveCount(1);
});

test("a form sent after the session ended is whole again after signing in", async ({ page, context, signedIn }) => {
  const poster = await signedIn("Larkin");
  await page.goto("/jobs/new");
  await page.getByLabel("Title").fill("Parse invoices");
  await page.getByLabel("Brief").fill(BRIEF);
  await context.clearCookies();
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(notice(page)).toContainText("You are signed out.");
  await page.getByLabel("Email").fill(poster.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/jobs/new");
  await expect(notice(page)).toContainText("You are signed in again.");
  await expect(page.getByLabel("Title")).toHaveValue("Parse invoices");
  await expect(page.getByLabel("Brief")).toHaveValue(BRIEF);
});
