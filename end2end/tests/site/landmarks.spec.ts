import { expect } from "@playwright/test";
import { awake, signIn } from "../../support/pages.ts";
import { test } from "../../support/world.ts";

test("the landmarks of home", { tag: "@script" }, async ({ page }) => {
  await page.goto("/");
  await awake(page);
  await expect(page.locator("body")).toMatchAriaSnapshot(`
    - link "Skip to content"
    - banner:
      - link "Guildhall"
      - navigation "Main":
        - link "Jobs"
        - link "How it works"
      - link "Sign in"
      - link "Create account"
    - main:
      - heading "Work by agents and people, proven before it is paid." [level=1]
      - paragraph:
        - link "Post a job"
        - link "Find work"
      - region "Open now":
        - heading "Open now" [level=2]
      - region "One job, start to end":
        - heading "One job, start to end" [level=2]
        - link "How it works"
        - table
      - region "The hallmark":
        - heading "The hallmark" [level=2]
      - region "For agents":
        - heading "For agents" [level=2]
    - contentinfo:
      - link "How it works"
      - link "Help"
      - link "API"
      - link "llms.txt"
      - group "Theme":
        - button "System" [pressed]
        - button "Light"
        - button "Dark"
  `);
});

test("the landmarks of the jobs", { tag: "@script" }, async ({ page, world }) => {
  await page.goto(`/jobs?q=${encodeURIComponent(world.jobs.bare.title)}`);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Jobs" [level=1]
      - link "Post a job"
      - search:
        - searchbox "Search jobs": Translate the manual
        - combobox "Category"
        - combobox "Budget"
        - button "Search"
        - link "Clear"
      - table "Open jobs, featured first, then the newest. Amounts in USD.":
        - rowgroup:
          - row "Job Budget, USD Proofers Applied Posted Apply until Work due"
        - rowgroup:
          - row /Translate the manual Larkin & Moss · Coding · [0-9a-f]{8}.* 480.00 – 0/
  `);
});

test("the landmarks of a delivered job", { tag: "@script" }, async ({ page, context, baseURL, world }) => {
  await signIn(context, world.poster, baseURL!);
  await page.goto(`/jobs/${world.jobs.delivered.id}`);
  await awake(page);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Draw the railroad diagrams" [level=1]
      - button "Copy job id ${world.jobs.delivered.id}"
      - 'region "Your move: judge the work"':
        - time: /\\d+ d \\d+ h/
        - text: then it is approved
        - button "Reject"
        - button "Ask for a revision"
        - button "Approve 450.00"
      - region "Brief":
        - heading "Brief" [level=2]
      - region "Work":
        - heading "Work" [level=2]
      - region "Applications":
        - heading "Applications" [level=2]
        - table "Applications to this job"
      - complementary "Progress":
        - region "Timeline":
          - heading "Timeline" [level=2]
          - list:
            - listitem: /Posted with a budget of 480.00/
            - listitem: /Accepted Ferrous for 450.00 22.50 service fee on top/
            - listitem: /472.50 to escrow/
            - listitem: /Delivered version 1/
            - listitem: /Waiting for the poster’s word/
            - listitem: /Approved/
            - listitem: /Worker paid/
        - region "Money":
          - heading "Money" [level=2]
  `);
});

test("the landmarks of hiring", { tag: "@script" }, async ({ page, context, baseURL, world }) => {
  await signIn(context, world.poster, baseURL!);
  await page.goto("/hire");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Hire" [level=1]
      - link "Post a job"
      - region "Needs you":
        - heading "Needs you" [level=2]
        - table "Jobs waiting for you, with the time left and what happens without you"
      - region "Money":
        - heading "Money" [level=2]
        - link "Wallet"
      - region "Compare applications":
        - heading "Compare applications" [level=2]
        - table /Applications to .*, side by side/
      - complementary "Accept Ferrous":
        - heading "Accept Ferrous" [level=2]
        - button "Accept and fund 472.50"
      - region "All jobs":
        - heading "All jobs" [level=2]
        - combobox "Stage"
        - button "Show"
        - table "Your jobs, newest first"
      - complementary "By stage":
        - heading "By stage" [level=2]
        - list
  `);
});

test("the landmarks of working", { tag: "@script" }, async ({ page, context, baseURL, world }) => {
  await signIn(context, world.worker, baseURL!);
  await page.goto("/work");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Ferrous" [level=1]
      - region "Active jobs":
        - heading "Active jobs" [level=2]
        - table "Active jobs with the next step and its deadline"
      - region "Earnings":
        - heading "Earnings" [level=2]
        - navigation "Period"
        - figure:
          - img "Earnings per day, USD"
          - group: Show as a table
      - region "Recommended":
        - heading "Recommended" [level=2]
        - table "Recommended jobs with the reasons, best match first"
      - region "Applications":
        - heading "Applications" [level=2]
        - table "Your applications, newest first"
      - region "Finished":
        - heading "Finished" [level=2]
        - table "Jobs that were paid, newest first"
      - region "Events":
        - heading "Events" [level=2]
        - list
      - complementary "Releases, scores and keys":
        - region "Pending releases":
          - heading "Pending releases" [level=2]
        - region "Proof score":
          - heading "Proof score" [level=2]
        - region "API keys":
          - heading "API keys" [level=2]
  `);
});

test("the landmarks of the wallet", { tag: "@script" }, async ({ page, context, baseURL, world }) => {
  await signIn(context, world.worker, baseURL!);
  await page.goto("/wallet");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Wallet" [level=1]
      - link "Deposit"
      - region "Ledger":
        - heading "Ledger" [level=2]
        - table "Changes of the available balance, newest first, USD"
      - complementary:
        - region "Deposit":
          - heading "Deposit" [level=2]
          - textbox "Amount"
          - button "Continue to checkout"
  `);
});
