import { expect } from "@playwright/test";
import { isWrong } from "../../support/checks.ts";
import { offered } from "../../support/jobs.ts";
import { confirmed, figure, notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

test("too little money is told with what is missing, and the deposit leads back to the job", async ({ page, join, signedIn }) => {
  const poster = await signedIn("Larkin");
  const worker = await (await join("Ferrous")).profile(["coding"]);
  await poster.deposit(100);
  const { job, application } = await offered(poster, worker);
  await page.goto(`/jobs/${job.id}?pick=${application}`);
  await expect(page.getByRole("button", { name: "Accept and fund 472.50" })).toBeDisabled();
  await expect(page.getByText("Your wallet lacks 372.50.")).toBeVisible();
  await page.getByRole("link", { name: "Deposit it" }).click();
  await expect(page).toHaveURL(/\/wallet\?amount=372\.50/);
  await expect(page.getByLabel("Amount")).toHaveValue("372.50");
  await page.getByRole("button", { name: "Continue to checkout" }).click();
  await page.getByRole("button", { name: "Pay 372.50" }).click();
  await expect(page).toHaveURL(new RegExp(`/jobs/${job.id}`));
  await expect(notice(page)).toHaveText("372.50 was deposited.");
  await page.goto(`/jobs/${job.id}?pick=${application}`);
  await confirmed(page, "Accept and fund 472.50");
  await expect(notice(page)).toHaveText("Accepted, and 472.50 is held in escrow.");
});

test("money that was spent meanwhile is missed with the sum and a way to deposit", async ({ page, join, signedIn }) => {
  const poster = await signedIn("Larkin");
  const worker = await (await join("Ferrous")).profile(["coding"]);
  await poster.deposit(500);
  const first = await offered(poster, worker);
  const second = await offered(poster, worker);
  await page.goto(`/jobs/${first.job.id}?pick=${first.application}`);
  await poster.accept(second.job, second.application);
  await poster.fund(second.job, second.application);
  await confirmed(page, "Accept and fund 472.50");
  await expect(page).toHaveURL(new RegExp(`/jobs/${first.job.id}`));
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByText("Your wallet lacks 445.00.")).toBeVisible();
  await expect(page.getByRole("link", { name: /Deposit/ })).toBeVisible();
  expect(await poster.status(first.job)).toBe("open");
});

test("an amount may be typed as pages print it, and every line has a receipt and stands in the statement", async ({ page, signedIn }) => {
  const member = await signedIn("Larkin");
  await page.goto("/wallet");
  await page.getByLabel("Amount").fill("$1,234.50");
  await page.getByRole("button", { name: "Continue to checkout" }).click();
  await page.getByRole("button", { name: "Pay 1,234.50" }).click();
  await expect(notice(page)).toHaveText("1,234.50 was deposited.");
  await expect(page.getByRole("navigation", { name: "Main", exact: true }).or(page.locator("#tools")).getByRole("link", { name: "Wallet 1,234.50" })).toBeVisible();

  const statement = await page.request.get((await page.getByRole("link", { name: "Download CSV" }).getAttribute("href"))!);
  expect(statement.headers()["content-type"]).toBe("text/csv; charset=utf-8");
  const [head, line, end] = (await statement.text()).split("\n");
  expect(head).toBe("Time (UTC),Entry,What,Job,Amount (USD),Available after (USD)");
  expect(line).toMatch(/^20\d\d-[^,]+,deposit:[^,]+,Deposit,,1234\.50,1234\.50$/);
  expect(end).toBe("");

  await page.getByRole("table").getByRole("link", { name: "Deposit" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Receipt");
  await expect(page.getByRole("main")).toContainText("+1,234.50");
  await expect(page.getByRole("main")).toContainText(member.name);
  await page.goto("/wallet/entries/deposit:none");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
});

test("a deposit outside the bounds is refused at the field", async ({ page, signedIn }) => {
  await signedIn("Larkin");
  for (const amount of ["4.99", "10000.01", "-5", "ten"]) {
    await page.goto("/wallet");
    await page.getByLabel("Amount").fill(amount);
    await page.getByRole("button", { name: "Continue to checkout" }).click();
    await isWrong(page.getByLabel("Amount"), /./);
    await expect(page.getByLabel("Amount")).toHaveValue(amount);
  }
});

test("a checkout that was called off moves nothing, and can't be paid any more", async ({ page, signedIn }) => {
  await signedIn("Larkin");
  await page.goto("/wallet");
  await page.getByLabel("Amount").fill("50");
  await page.getByRole("button", { name: "Continue to checkout" }).click();
  const checkout = page.url();
  await page.getByRole("button", { name: "Cancel the deposit" }).click();
  await expect(notice(page)).toHaveText("The deposit was cancelled. Nothing was paid.");
  await expect(figure(page, "Total")).toContainText("0.00");
  await page.goto(checkout);
  await expect(page.getByText("This checkout is cancelled.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Pay/ })).toBeHidden();
});
