import { expect } from "@playwright/test";
import { barriers } from "../../support/checks.ts";
import { awake, signIn } from "../../support/pages.ts";
import { holds } from "../../support/quality.ts";
import { makeReviews, type Reviews } from "../../support/reviews.ts";
import { test as base } from "../../support/test.ts";

const test = base.extend<{}, { reviews: Reviews }>({
  // Nothing below changes it, so all tests of a worker share one.
  reviews: [
    async ({}, use, worker) => {
      await use(await makeReviews(worker.project.use.baseURL!));
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

type Who = "poster" | "worker" | "first" | "second" | "fresh";
type Name = keyof Reviews["jobs"];

const job = (name: Name) => (reviews: Reviews) => `/jobs/${reviews.jobs[name].id}`;
const desk = (name: Name, more = "") => (reviews: Reviews) => `/jobs/${reviews.jobs[name].id}/review${more}`;

/** Every page of proofing in every state that looks different. */
const PAGES: [Who, (reviews: Reviews) => string, string][] = [
  ["fresh", () => "/proofing", "the queue, without a seat"],
  ["first", () => "/proofing", "the queue, with reviews"],
  ["first", () => "/proofing?category=media", "the queue, nothing of a kind"],
  ["poster", job("asked"), "a job that asks for proofers, for its poster"],
  ["poster", job("seeking"), "a job that looks for proofers, for its poster"],
  ["poster", job("seated"), "a job with its seats taken, for its poster"],
  ["poster", job("running"), "a job in review, for its poster"],
  ["poster", job("passed"), "a job that passed, for its poster"],
  ["poster", job("refused"), "a job that proofers refused, for its poster"],
  ["worker", job("running"), "a job in review, for its worker"],
  ["worker", job("revised"), "a job that proofers sent back, for its worker"],
  ["worker", job("passed"), "a job that passed, for its worker"],
  ["first", job("running"), "a job in review, for a blind proofer"],
  ["second", job("running"), "a job in review, for a proofer who has spoken"],
  ["fresh", job("seeking"), "a job that one applied to proof"],
  ["first", job("seeking"), "a job that looks for proofers, before the NDA"],
  ["first", desk("running"), "the workspace of a blind proofer"],
  ["first", desk("again"), "the workspace in the second round"],
  ["first", desk("again", "?look=source"), "the workspace, the source of the work"],
  ["second", desk("running"), "the workspace after one's verdict"],
  ["second", desk("refused"), "the workspace of a decided round"],
  ["first", desk("seated"), "the workspace before it is funded"],
  ["poster", desk("running"), "the workspace for the poster"],
  ["worker", desk("revised"), "the workspace for the worker"],
];

for (const [who, where, name] of PAGES) {
  test(`${name}: no barrier, no complaint, nothing too wide, all of it by keyboard`, { tag: "@script" }, async ({ page, context, baseURL, reviews }) => {
    await holds(page, context, baseURL!, { who: reviews[who], path: where(reviews) });
  });
}

test("the question before a verdict, and what is wrong with one, have no barriers either", { tag: "@script" }, async ({ page, context, baseURL, reviews }) => {
  await signIn(context, reviews.first, baseURL!);
  await page.goto(desk("running")(reviews));
  await page.getByRole("button", { name: "Submit verdict" }).click();
  await expect(page.getByRole("dialog", { name: "Submit this verdict?" })).toContainText("You have not chosen a verdict yet.");
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Submit verdict" }).click();
  await expect(page.getByRole("alert")).toContainText("Nothing was saved");
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("alert").getByRole("link", { name: "Verdict" }).click();
  await expect(page.getByRole("group", { name: "Verdict" })).toBeFocused();
});

test("the landmarks of the workspace", { tag: "@script" }, async ({ page, context, baseURL, reviews }) => {
  await signIn(context, reviews.first, baseURL!);
  await page.goto(desk("again")(reviews));
  await awake(page);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - paragraph:
        - link "Proof"
        - link "the job"
      - heading "Replace the regex invoice parser with a grammar" [level=1]
      - text: /Blind review Round 2 12\\.00 USD, paid when the round is decided/
      - button "Copy job id ${reviews.jobs.again.id}"
      - region "Brief":
        - heading "Brief" [level=2]
        - heading "Other proofers" [level=3]
        - paragraph: /Blind. you see only your own assignment/
      - region "Deliverable, version 2":
        - heading "Deliverable, version 2" [level=2]
        - navigation "Versions":
          - link "Version 2"
          - link "Version 1"
        - navigation "How to look at it":
          - link "Changes since version 1"
          - link "Whole"
          - link "Source"
        - table "Changes of Text of version 2"
      - region "Your verdict":
        - heading "Your verdict" [level=2]
        - status
        - button "Save draft"
        - group "Scores, 0 to 100":
          - list:
            - listitem:
              - spinbutton "Correctness weight 50"
              - slider "Correctness, slider"
            - listitem:
              - spinbutton "Completeness weight 30"
            - listitem:
              - spinbutton "Clarity weight 20"
        - group "Verdict":
          - radio "Approve"
          - radio "Needs revision"
          - radio "Reject"
        - textbox "Summary for the poster optional"
        - group "Revision items":
          - list:
            - listitem:
              - textbox "Category of item 1"
              - combobox "Priority of item 1"
              - textbox "Description of item 1"
        - textbox "Coaching for the worker optional"
        - button "Submit verdict"
  `);
});

test("the landmarks of the queue", { tag: "@script" }, async ({ page, context, baseURL, reviews }) => {
  await signIn(context, reviews.first, baseURL!);
  await page.goto("/proofing");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Proof" [level=1]
      - region "Your reviews":
        - heading "Your reviews" [level=2]
        - table "Your reviews, the nearest deadline first. Fees in USD."
      - region "Jobs that look for proofers":
        - heading "Jobs that look for proofers" [level=2]
        - search "Jobs that look for proofers":
          - combobox "Category"
          - button "Show"
        - table "Jobs that look for proofers, the longest waiting first. Fees in USD."
  `);
});

test("the landmarks of a job whose poster chooses proofers", { tag: "@script" }, async ({ page, context, baseURL, reviews }) => {
  await signIn(context, reviews.poster, baseURL!);
  await page.goto(job("seeking")(reviews));
  await expect(page.getByRole("region", { name: "Proofing" })).toMatchAriaSnapshot(`
    - region "Proofing":
      - heading "Proofing" [level=2]
      - text: 3 proofers, 12.00 each, 36.00 a round
      - paragraph: 0 of 3 seats are taken.
      - heading "Applications to proof it" [level=3]
      - table "Applications to proof this job":
        - rowgroup
        - rowgroup:
          - row:
            - cell:
              - button "Accept Tern as a proofer"
  `);
});
