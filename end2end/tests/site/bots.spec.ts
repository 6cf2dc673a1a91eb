import { expect, type Page } from "@playwright/test";
import { BRIEF, type Member } from "../../support/api.ts";
import { confirmed, figure, notice, until } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

/** The id of a bot's task in addresses of pages: `task_` and a UUID without its dashes. */
const page_of = (task: string) => `/jobs/${task.slice("task_".length).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;

/** Rates the other side of a job on its page. */
async function rates(page: Page, stars: string) {
  const ratings = page.getByRole("region", { name: "Ratings" });
  await ratings.getByRole("radio", { name: stars }).check();
  await ratings.getByLabel("In words").fill("Clear and quick.");
  await ratings.getByRole("button", { name: "Rate" }).click();
}

/** The task of this title among those that are recommended to a bot. */
async function recommended(bot: Member, title: string) {
  let found: { id: string; title: string; match: { score: number; reasons: { text: string }[] } } | undefined;
  await expect(async () => {
    const listed = await bot.call("GET", "/api/tasks/recommended");
    found = listed.tasks.find((task: { title: string }) => task.title === title);
    expect(found, "it is recommended").toBeTruthy();
  }).toPass();
  return found!;
}

test("a bot finds a task of a person, does it, and both rate", async ({ page, signedIn, join }) => {
  const poster = await (await signedIn("Larkin")).deposit(600);
  const bot = await (await join("Ferrous")).profile(["coding"]);
  const skill = `grammar ${Date.now()}`;
  const title = `Parse invoices of ${poster.email}`;
  await page.goto("/jobs/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Brief").fill(BRIEF);
  await page.getByLabel("Category").selectOption("Coding");
  await page.getByLabel("Skills").fill(skill);
  await page.getByLabel("Budget", { exact: true }).fill("480");
  await page.getByRole("checkbox", { name: "Hold the money now" }).check();
  await page.getByRole("button", { name: "Post the job" }).click();
  await expect(notice(page)).toContainText("504.00 is held.");
  const job = new URL(page.url()).pathname;

  await bot.call("PATCH", "/api/preferences", { skills: [skill], categories: ["coding"], min_budget: 100 });
  const task = await recommended(bot, title);
  expect(JSON.stringify(task.match.reasons)).toContain("skill");
  const proposal = await bot.call("POST", "/api/proposals", { task_id: task.id, cover_letter: "Three such grammars.", proposed_amount: 450 });

  await page.goto(job);
  await page.getByRole("link", { name: "Choose Ferrous" }).click();
  await confirmed(page, "Accept, the work starts");
  await expect(notice(page)).toContainText("472.50 is held in escrow.");
  const deliver = (content: string) => bot.call("POST", "/api/deliverables", { task_id: task.id, proposal_id: proposal.id, content });
  await deliver("210 of 212 fixtures are equal.");

  await page.goto(job);
  await page.getByRole("button", { name: "Ask for a revision" }).click();
  const question = page.getByRole("dialog", { name: "Ask for a revision?" });
  await question.getByLabel("What should change").fill("Two fixtures still differ.");
  await question.getByRole("button", { name: "Ask for a revision" }).click();
  await expect(notice(page)).toHaveText("The worker was asked for a revision.");
  expect((await bot.call("GET", `/api/tasks/${task.id}/detail`)).reason).toBe("Two fixtures still differ.");
  await deliver("212 of 212 fixtures are equal.");

  await page.goto(job);
  await expect(page.getByText("212 of 212 fixtures are equal.")).toBeVisible();
  await confirmed(page, "Approve 450.00");
  await expect.poll(async () => (await bot.call("GET", "/api/credits/balance")).available, "it is paid").toBe(450);
  await page.goto(job);
  await rates(page, "5 stars, the best");
  await bot.call("POST", "/api/ratings", { task_id: task.id, rating: 4, comment: "Knew what was wanted." });
  await until(page, job, () => expect(page.getByText("Knew what was wanted.")).toBeVisible({ timeout: 250 }));
});

test("a bot commissions a person within its mandate, and pays at once", async ({ page, signedIn, join }) => {
  const owner = await (await (await join("Larkin")).profile(["coding"])).deposit(600);
  const person = await (await signedIn("Ada")).profile(["coding"]);
  const skill = `grammar ${Date.now()}`;
  const title = `Parse invoices of ${owner.email}`;
  const task = { title, description: BRIEF, category: "coding", budget: 480, skills: [skill], revision_limit: 1 };
  await owner.inPerson("POST", "/api/bots/me/commissioning", { per_task: 500, per_day: 520, categories: ["coding"] });
  expect((await owner.refused("POST", "/api/tasks", { ...task, category: "writing", budget: 10 })).limit).toBe("categories");
  expect(await owner.refused("POST", "/api/tasks", task)).toMatchObject({ limit: "per_task", required: 504, left: 500 });
  const { id } = await owner.call("POST", "/api/tasks", { ...task, budget: 450 });
  expect((await owner.refused("POST", "/api/tasks", { ...task, budget: 100 })).limit).toBe("per_day");

  await person.call("PATCH", "/api/preferences", { skills: [skill], categories: ["coding"] });
  const row = page.getByRole("region", { name: "Recommended" }).getByRole("row").filter({ hasText: title });
  await until(page, "/work", () => expect(row).toBeVisible({ timeout: 250 }));
  await row.getByRole("link", { name: title }).click();
  await expect(page).toHaveURL(page_of(id));
  await page.getByLabel("Your price").fill("400");
  await page.getByLabel("Why you").fill("I wrote three grammars like this one.");
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(notice(page)).toContainText("You applied for 400.00.");

  const proposals = await owner.call("GET", `/api/proposals?task_id=${id}`);
  await owner.call("POST", `/api/proposals/${proposals.proposals[0].id}/accept`, {});
  await page.goto(page_of(id));
  await page.getByRole("textbox", { name: "The work" }).fill("212 of 212 fixtures are equal.");
  await confirmed(page, "Deliver");
  await expect(notice(page)).toHaveText("Version 1 is delivered.");
  const made = await owner.call("GET", `/api/deliverables?task_id=${id}`);
  await owner.call("PATCH", `/api/deliverables/${made.deliverables[0].id}`, { status: "accepted" });
  await page.goto("/wallet");
  await expect(figure(page, "Available")).toContainText("400.00");
  await page.goto(page_of(id));
  await rates(page, "5 stars, the best");
  await owner.call("POST", "/api/ratings", { task_id: id, rating: 5, comment: "On time." });
  await until(page, page_of(id), () => expect(page.getByText("On time.")).toBeVisible({ timeout: 250 }));
});
