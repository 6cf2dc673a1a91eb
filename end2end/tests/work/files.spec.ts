import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Job, Member } from "../../support/api.ts";
import { barriers, overflow } from "../../support/checks.ts";
import { pdf, png, text, type Upload, wav, webm } from "../../support/files.ts";
import { awake, browserOf, complaints, confirmed, notice } from "../../support/pages.ts";
import { PROOFED, running } from "../../support/reviews.ts";
import { test } from "../../support/test.ts";

const TITLE = "Chart the tides of a harbour";
const at = (job: Job, more = "") => `/jobs/${job.id}${more}`;
const part = (within: Page | Locator, name: string) => within.getByRole("region", { name, exact: true });
const list = (page: Page, name: string) => page.getByRole("list", { name });

/** Sends files with the form whose field has that label: at once where a script runs, else one after the other. */
async function upload(page: Page, label: string, files: Upload[]) {
  const field = page.getByLabel(label);
  const many = await field.evaluate((input: HTMLInputElement) => input.multiple);
  for (const group of many ? [files] : files.map((file) => [file])) {
    await field.setInputFiles(group);
    await page.getByRole("button", { name: "Upload" }).click();
    const told = group.length === 1 ? `${group[0]!.name} is uploaded.` : `${group.length} files are uploaded.`;
    await expect(page.getByRole("status").filter({ hasText: told })).toBeVisible();
  }
}

/** The file that a link downloads. */
async function downloaded(page: Page, link: Locator) {
  const waits = page.waitForEvent("download");
  await link.click();
  const download = await waits;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("a poster attaches a file, and a worker reads it after the NDA", { tag: "@narrow" }, async ({ page, browser, baseURL, join, signedIn }) => {
  const poster = await signedIn("Larkin");
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const job = await poster.post(TITLE);
  const gauges = text("gauges.csv", "gauge,metres\nharbour,3.2\n");
  await page.goto(at(job));
  await page.getByText("Attach a file", { exact: true }).click();
  await upload(page, "File for the brief", [gauges]);
  const attached = list(page, "Attachments of the brief");
  await expect(attached.getByRole("listitem")).toHaveText([/gauges\.csv\s*25 bytes/]);

  const theirs = await browserOf(browser, worker, baseURL!);
  const answer = await theirs.page.goto(at(job));
  expect(answer!.status()).toBe(200);
  await expect(theirs.page.getByRole("button", { name: "Agree and read the brief" })).toBeVisible();
  expect(await theirs.page.content()).not.toContain("gauges.csv");
  const address = await attached.getByRole("link").getAttribute("href");
  expect((await theirs.context.request.get(address!)).status(), "whoever guesses the address").toBe(403);
  await theirs.page.getByRole("button", { name: "Agree and read the brief" }).click();
  await expect(list(theirs.page, "Attachments of the brief").getByRole("button"), "only who sent it can take it back").toHaveCount(0);
  const kept = await downloaded(theirs.page, list(theirs.page, "Attachments of the brief").getByRole("link", { name: "gauges.csv" }));
  expect(kept).toEqual({ name: "gauges.csv", bytes: gauges.buffer });
  await theirs.context.close();

  await page.goto(at(job));
  await attached.getByRole("button", { name: "Remove gauges.csv" }).click();
  await attached.getByRole("button", { name: "Remove it" }).click();
  await expect(notice(page)).toHaveText("gauges.csv is removed.");
  await expect(attached).toHaveCount(0);
});

const CODE = "fn main() {\n    println!(\"{}\", tide());\n}\n";

test("a worker hands in files of every kind, and a proofer sees each as what it is", async ({ page, browser, baseURL, join, signedIn }) => {
  test.slow();
  const poster = await (await join("Larkin")).deposit(1_000);
  const worker = await (await signedIn("Ferrous")).profile(["coding"]);
  const proofer = await (await join("Quill")).profile(["testing"]);
  const job = await poster.hire(worker, TITLE, { ...PROOFED, proofer_count: 1 });
  const rows = ["day,height", ...Array.from({ length: 30 }, (_, i) => `${i + 1},${i / 10}`)].join("\n");
  const files = [
    png("tide.png", 64, 48),
    wav("bell.wav", 2),
    await webm("waves.webm", browser),
    pdf("table.pdf", "High water at noon"),
    text("heights.csv", rows),
    text("harbour.json", '{ "harbour": { "name": "Larkfield" } }'),
    text("README.md", "# How to read it\n\nTimes are **UTC**.\n"),
    text("main.rs", CODE),
  ];

  await test.step("the worker uploads them and takes one back", async () => {
    await page.goto(at(job));
    await expect(part(page, "Deliver")).toContainText("Upload the files first: they wait here until you deliver.");
    await upload(page, "File of the work", [...files, text("notes.txt", "Not for anybody.")]);
    const waiting = list(page, "Files that wait to be handed in");
    await expect(waiting.getByRole("listitem")).toHaveCount(9);
    await waiting.getByRole("button", { name: "Remove notes.txt" }).click();
    await waiting.getByRole("button", { name: "Remove it" }).click();
    await expect(notice(page)).toHaveText("notes.txt is removed.");
    await expect(waiting.getByRole("link")).toHaveText(files.map((file) => file.name));
    await expect(part(page, "Deliver")).toContainText("8 files wait here and go in with what you deliver.");
  });
  await test.step("and delivers them without a word", async () => {
    await confirmed(page, "Deliver");
    await expect(notice(page)).toHaveText("Version 1 is delivered. The poster chooses who proofs it.");
    await expect(list(page, "Files of version 1").getByRole("link")).toHaveText(files.map((file) => file.name));
  });
  await test.step("the poster keeps one", async () => {
    const theirs = await browserOf(browser, poster, baseURL!);
    await theirs.page.goto(at(job));
    const kept = await downloaded(theirs.page, list(theirs.page, "Files of version 1").getByRole("link", { name: "table.pdf" }));
    expect(kept.bytes.equals(files[3]!.buffer)).toBe(true);
    await theirs.context.close();
  });

  await running(poster, job, [proofer]);
  const scripted = await page.evaluate(() => "__hydrateIsland" in window);
  const desk = (await browserOf(browser, proofer, baseURL!)).page;
  const heard = complaints(desk);
  await desk.goto(at(job, "/review"));
  const work = part(desk, "Deliverable, version 1");
  const show = async (name: string) => {
    await work.getByRole("navigation", { name: "Files" }).getByRole("link", { name }).click();
    await expect(work.getByRole("navigation", { name: "Files" }).getByRole("link", { name })).toHaveAttribute("aria-current", "page");
  };
  await test.step("the proofer sees a picture", async () => {
    const picture = work.getByRole("img", { name: "tide.png, as it was handed in" });
    await show("tide.png");
    await expect.poll(() => picture.evaluate((one: HTMLImageElement) => [one.naturalWidth, one.naturalHeight])).toEqual([64, 48]);
  });
  await test.step("hears a sound, and sees it move", async () => {
    await show("bell.wav");
    await expect(work.locator("audio[controls]")).toHaveAccessibleName("bell.wav");
    await expect.poll(() => work.locator("audio").evaluate((one: HTMLAudioElement) => one.duration)).toBe(2);
    await show("waves.webm");
    await expect(work.locator("video[controls]")).toHaveAccessibleName("waves.webm");
    await expect.poll(() => work.locator("video").evaluate((one: HTMLVideoElement) => one.videoWidth)).toBe(64);
  });
  await test.step("reads a table, values, text and code", async () => {
    await show("heights.csv");
    const table = work.getByRole("table", { name: "heights.csv as a table" });
    await expect(table.getByRole("row")).toHaveCount(31);
    await expect(table.getByRole("columnheader")).toHaveText(["day", "height"]);
    await show("harbour.json");
    await expect(part(work, "harbour.json")).toContainText('"name": "Larkfield"');
    await show("README.md");
    await expect(work.getByRole("heading", { name: "How to read it" })).toBeVisible();
    await expect(work.locator("strong")).toHaveText("UTC");
    await show("main.rs");
    await expect(part(work, "main.rs").locator("span")).toHaveText(CODE.trimEnd().split("\n"));
  });
  await test.step("and pages, or the way to them", async () => {
    await show("table.pdf");
    if (scripted) {
      await expect(work.getByRole("img", { name: "table.pdf, page 1" })).toBeVisible();
      // Its text comes when its picture is drawn.
      await expect(work.locator("pdf-pages figure")).toHaveText(/High water at noon\s*Page 1 of 1/);
      expect(await barriers(desk)).toEqual([]);
    } else await expect(work).toContainText("Without a script, PDF files open in a program of yours; download it.");
    const kept = await downloaded(desk, work.getByRole("link", { name: /^Download, \d+ bytes$/ }));
    expect(kept.name).toBe("table.pdf");
  });
  // A player or a download that is left hangs up. Without scripts a browser complains of each that it does not run.
  if (scripted) expect(heard.filter((line) => !/^failed: .*\/files\/.* net::ERR_ABORTED$/.test(line))).toEqual([]);
});

test("a file that is not what its name says is refused, with why, and nothing is lost", { tag: "@narrow" }, async ({ page, join, signedIn }) => {
  const poster = await (await join("Larkin")).deposit(1_000);
  const worker = await (await signedIn("Ferrous")).profile(["coding"]);
  const job = await poster.hire(worker, TITLE);
  await page.goto(at(job));
  const field = page.getByLabel("File of the work");
  await expect(field).toHaveAccessibleDescription(/^Any kind of file, up to 100 MiB each and 50 in all\./);
  await field.setInputFiles([text("tide.png", "This is no picture.")]);
  await page.getByRole("button", { name: "Upload" }).click();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/Its name says \.png, but it is text\. Give it the name of what it is\.$/);
  await expect(page.getByRole("alert").filter({ hasText: "but it is text" }).first()).toBeVisible();
  await expect(list(page, "Files that wait to be handed in")).toHaveCount(0);

  await field.setInputFiles([]);
  await page.getByRole("button", { name: "Upload" }).click();
  await expect(field).toHaveAccessibleDescription(/Choose a file first\.$/);
  await expect(page).toHaveURL(at(job));
  await upload(page, "File of the work", [text("tide.txt", "High water at noon.")]);
  await expect(list(page, "Files that wait to be handed in").getByRole("link")).toHaveText(["tide.txt"]);
});

test("of several files each is told of, and what is typed beside them stays", { tag: "@script" }, async ({ page, join, signedIn }) => {
  const poster = await (await join("Larkin")).deposit(1_000);
  const worker = await (await signedIn("Ferrous")).profile(["coding"]);
  const job = await poster.hire(worker, TITLE);
  await page.goto(at(job));
  await awake(page);
  await page.getByRole("textbox", { name: "The work" }).fill("High water at noon.");
  await page.getByLabel("File of the work").setInputFiles([text("a.txt", "a"), text("b.png", "b"), text("c.txt", "c")]);
  await page.getByRole("button", { name: "Upload" }).press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "2 files are uploaded." })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveText(/^b\.png: Its name says \.png, but it is text\./);
  await expect(list(page, "Files that wait to be handed in").getByRole("link")).toHaveText(["a.txt", "c.txt"]);
  await expect(page.getByRole("textbox", { name: "The work" })).toHaveValue("High water at noon.");
  await expect(page.getByLabel("File of the work")).toHaveValue("");
  expect(await barriers(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await barriers(page)).toEqual([]);
  for (const width of [390, 768, 1280]) expect(await overflow(page, width)).toEqual([]);
});

test("it is shown how far a file is", { tag: "@script" }, async ({ page, context, join, signedIn }) => {
  const poster = await (await join("Larkin")).deposit(1_000);
  const worker = await (await signedIn("Ferrous")).profile(["coding"]);
  const job = await poster.hire(worker, TITLE);
  await page.goto(at(job));
  await awake(page);
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000 });
  await page.getByLabel("File of the work").setInputFiles([text("long.txt", "High water at noon.\n".repeat(40_000))]);
  await page.getByRole("button", { name: "Upload" }).click();
  const far = page.getByRole("progressbar", { name: "Uploading long.txt" });
  await expect(far).toBeVisible();
  const part = () => far.evaluate((one: HTMLProgressElement) => one.position);
  await expect.poll(async () => { const now = await part(); return now > 0 && now < 1; }, { intervals: [50] }).toBe(true);
  await expect(page.getByText(/^long\.txt, \d+ %$/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Upload" })).toHaveAttribute("aria-busy", "true");
  await wire.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await expect(page.getByRole("status").filter({ hasText: "long.txt is uploaded." })).toBeVisible({ timeout: 15_000 });
  await expect(far).toBeHidden();
  await expect(page.getByRole("button", { name: "Upload" })).not.toHaveAttribute("aria-busy");
  await expect(list(page, "Files that wait to be handed in").getByRole("listitem")).toHaveText([/long\.txt\s*800 kB/]);
});

test("files that were chosen and not uploaded are not left behind", { tag: "@script" }, async ({ page, join, signedIn }) => {
  const poster = await (await join("Larkin")).deposit(1_000);
  const worker = await (await signedIn("Ferrous")).profile(["coding"]);
  const job = await poster.hire(worker, TITLE);
  await page.goto(at(job));
  await awake(page);
  await page.getByRole("textbox", { name: "The work" }).fill("See the tables.");
  await page.getByLabel("File of the work").setInputFiles([text("heights.csv", "day,height"), text("README.md", "# How to read it")]);
  await page.getByRole("button", { name: "Deliver", exact: true }).click();
  const question = page.getByRole("dialog", { name: "Deliver this version?" });
  await expect(question).toContainText("0 files go in");
  await question.getByRole("button", { name: "Deliver", exact: true }).click();
  await expect(question, "it would not count them").toBeHidden();
  await expect(list(page, "Files that wait to be handed in").getByRole("listitem")).toHaveCount(2);
  await expect(page.getByRole("textbox", { name: "The work" })).toHaveValue("See the tables.");
  expect(await worker.status(job)).toBe("in_progress");
  await page.getByRole("button", { name: "Deliver", exact: true }).click();
  await expect(question).toContainText("2 files go in");
  await question.getByRole("button", { name: "Deliver", exact: true }).click();
  await expect(notice(page)).toHaveText("Version 1 is delivered.");
  await expect(list(page, "Files of version 1").getByRole("link")).toHaveText(["heights.csv", "README.md"]);
});
