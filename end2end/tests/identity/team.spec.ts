import { type Browser, expect, type Page } from "@playwright/test";
import type { Member } from "../../support/api.ts";
import { isWrong } from "../../support/checks.ts";
import { browserOf, confirmed, notice } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

/** Makes a team on its page and acts for it from then on. */
async function makeTeam(page: Page, name: string) {
  await page.goto("/team");
  await page.getByLabel("Name of the new team").fill(name);
  await page.getByRole("button", { name: "Create the team" }).click();
  await expect(notice(page)).toContainText(`The team ${name} is made`);
}

async function invite(page: Page, email: string, role: RegExp) {
  await page.getByLabel("Email").fill(email);
  const option = page.getByLabel("Role", { exact: true }).locator("option").filter({ hasText: role });
  await page.getByLabel("Role", { exact: true }).selectOption((await option.getAttribute("value"))!);
  await page.getByRole("button", { name: "Send the invitation" }).click();
}

/** Opens the link of the newest letter to that address. */
async function openInvitation(page: Page, email: string) {
  const letter = page.getByRole("row").filter({ hasText: email }).filter({ hasText: /invit|join/i }).getByRole("link").first();
  await expect(async () => {
    await page.goto("/sandbox/mail");
    await expect(letter).toBeVisible({ timeout: 250 });
  }).toPass();
  await letter.click();
  await page.getByRole("link", { name: /\/invitations\/accept\?token=/ }).click();
}

/** Brings a member into the team of the page, and answers with their browser. */
async function brought(browser: Browser, page: Page, member: Member, team: string, baseURL: string) {
  await invite(page, member.email, /^Viewer/);
  await expect(notice(page)).toContainText(`An invitation was sent to ${member.email}.`);
  const theirs = await browserOf(browser, member, baseURL);
  await openInvitation(theirs.page, member.email);
  await expect(theirs.page.getByRole("heading", { level: 1 })).toHaveText(`Join ${team}`);
  await theirs.page.getByRole("button", { name: "Join the team" }).click();
  await expect(notice(theirs.page)).toContainText(`You joined ${team}`);
  return theirs;
}

test("a team invites somebody, who sees and changes nothing as a viewer, gets another role and is removed", async ({ browser, page, signedIn, join, baseURL }) => {
  await signedIn("Ada Okafor");
  const mei = await join("Mei Tanaka");
  await makeTeam(page, "Okafor Labs");
  await invite(page, "tove@", /^Viewer/);
  await expect(page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
  const theirs = await brought(browser, page, mei, "Okafor Labs", baseURL!);

  // The role offers nothing that it does not allow, and what is sent all the same is refused.
  await expect(theirs.page.getByRole("button", { name: "Send the invitation" })).toHaveCount(0);
  await expect(theirs.page.getByRole("button", { name: /^Remove/ })).toHaveCount(0);
  const form = { email: "tove@example.org", role_id: "role_viewer", _page: "/team" };
  await theirs.context.request.post("/_fn/team/invitations", { form, headers: { Accept: "text/html", Origin: baseURL! }, maxRedirects: 0 });
  await theirs.page.goto("/team");
  await expect(theirs.page.getByRole("alert")).toContainText("Invite people, change their roles and remove them");

  await page.goto("/team");
  await page.getByLabel("Role of Mei Tanaka").selectOption({ label: "Developer" });
  await page.getByRole("button", { name: "Save roles" }).click();
  await expect(notice(page)).toContainText("The role of Mei Tanaka is Developer now.");
  await page.getByRole("button", { name: "Save roles" }).click();
  await expect(notice(page)).toContainText("No role was changed.");
  await page.getByRole("button", { name: "Remove Mei Tanaka" }).click();
  await page.getByRole("button", { name: "Remove the member" }).click();
  await expect(notice(page)).toContainText("The member is removed.");
  await page.getByRole("link", { name: "Audit log" }).click();
  const lines = page.getByRole("table", { name: "Audit log" }).getByRole("row");
  await expect(lines.nth(1)).toContainText("Ada Okafor removed Mei Tanaka, who was Developer");
  await expect(lines.nth(2)).toContainText("Ada Okafor changed Mei Tanaka’s role from Viewer to Developer");
  await lines.nth(2).getByRole("link", { name: "Developer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Developer");
  await theirs.page.goto("/team");
  await expect(theirs.page.locator(".facts")).toContainText("Mei Tanaka");
  await expect(theirs.page.getByText("Okafor Labs")).toHaveCount(0);
  await theirs.context.close();
});

test("an invitation is sent again and revoked, and its link is then worth nothing", async ({ browser, page, signedIn, join, baseURL }) => {
  await signedIn("Ada Okafor");
  const mei = await join("Mei Tanaka");
  await makeTeam(page, "Okafor Labs");
  await invite(page, mei.email, /^Developer/);
  await page.getByRole("button", { name: `Send again to ${mei.email}` }).click();
  await expect(notice(page)).toContainText("again");
  const guest = await browserOf(browser, null, baseURL!);
  await openInvitation(guest.page, mei.email);
  await expect(guest.page.getByRole("link", { name: "Sign in to join" })).toBeVisible();
  await page.getByRole("button", { name: `Revoke the invitation of ${mei.email}` }).click();
  await page.getByRole("button", { name: "Revoke the invitation", exact: true }).click();
  await expect(notice(page)).toContainText("The invitation is revoked.");
  await expect(page.getByText("No open invitations")).toBeVisible();
  await guest.page.reload();
  await expect(guest.page.getByText("This link is invalid or has expired")).toBeVisible();
  await guest.context.close();
});

test("a form that was opened for one team does nothing for another after a switch in another tab", async ({ context, page, signedIn }) => {
  await signedIn("Ada Okafor");
  await makeTeam(page, "Okafor Labs");
  const other = await context.newPage();
  await other.goto("/team");
  await other.getByRole("button", { name: "Switch to Ada Okafor" }).first().click();
  await expect(notice(other)).toContainText("You act for Ada Okafor now.");
  await page.getByLabel("Name of the team").fill("Wrong place");
  await page.getByRole("button", { name: "Rename the team" }).click();
  await expect(page.getByRole("alert")).toContainText("opened for another team");
  await expect(page.locator(".facts")).toContainText("Ada Okafor");
});

test("a form for another team says that nothing was done, also where its page is not found for the new team", async ({ context, page, signedIn }) => {
  await signedIn("Ada Okafor");
  await makeTeam(page, "Okafor Labs");
  await makeAgent(page, "Ferrous");
  await page.getByRole("link", { name: "Edit Ferrous" }).click();
  const other = await context.newPage();
  await other.goto("/team");
  await other.getByRole("button", { name: "Switch to Ada Okafor" }).first().click();
  await expect(notice(other)).toContainText("You act for Ada Okafor now.");
  await page.getByRole("textbox", { name: "Name" }).fill("Wrong place");
  await page.getByRole("button", { name: "Save the agent" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
  await expect(page.getByRole("alert")).toContainText("Nothing was done: this form was opened for another team");
  // It is said once.
  await page.reload();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a team makes a role of its own, gives it to somebody, changes it, and deletes it once nobody has it", async ({ browser, page, signedIn, join, baseURL }) => {
  await signedIn("Ada Okafor");
  const mei = await join("Mei Tanaka");
  await makeTeam(page, "Okafor Labs");
  const roles = page.getByRole("region", { name: "Roles" });
  await page.goto("/team");
  await expect(roles).toContainText("no roles of its own yet");
  await expect(roles.getByRole("row").filter({ hasText: "Jobs" }).getByRole("cell")).toHaveText(["see and change", "see and change", "see and change", "see"]);

  await roles.getByRole("link", { name: "Make a role" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("viewer");
  await page.getByRole("button", { name: "Make the role" }).click();
  await expect(page.getByRole("group", { name: "May do" })).toHaveAccessibleDescription(/choose at least one/);
  await page.getByLabel("See the team's money and what it was spent on").check();
  await page.getByRole("button", { name: "Make the role" }).click();
  await isWrong(page.getByRole("textbox", { name: "Name" }), /has a role of this name/);
  await expect(page.getByLabel("See the team's money and what it was spent on")).toBeChecked();
  await page.getByRole("textbox", { name: "Name" }).fill("Bookkeeper");
  await page.getByRole("button", { name: "Make the role" }).click();
  await expect(notice(page)).toContainText("The role Bookkeeper is made: 1 of 19 permissions.");

  const theirs = await brought(browser, page, mei, "Okafor Labs", baseURL!);
  await page.goto("/team");
  await page.getByLabel("Role of Mei Tanaka").selectOption({ label: "Bookkeeper" });
  await page.getByRole("button", { name: "Save roles" }).click();
  await expect(notice(page)).toContainText("The role of Mei Tanaka is Bookkeeper now.");
  await theirs.page.goto("/team");
  await expect(theirs.page.getByText("does not show its members")).toBeVisible();
  await theirs.page.goto("/team/roles/new");
  await expect(theirs.page.getByRole("heading", { level: 1 })).toHaveText("Not allowed");

  await roles.getByRole("list").getByRole("link", { name: "Bookkeeper" }).click();
  await expect(page.getByRole("button", { name: "Delete the role" })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Delete the role" })).toHaveAccessibleDescription(/1 member has it\. Give them another role/);
  await page.getByRole("textbox", { name: "Name" }).fill("Clerk");
  await page.getByLabel("See who is in the team and who is invited").check();
  await page.getByRole("button", { name: "Save the role" }).click();
  await expect(notice(page)).toContainText("The role Clerk is saved: 2 of 19 permissions.");
  await theirs.page.goto("/team");
  await expect(theirs.page.getByRole("row").filter({ hasText: "Mei Tanaka" })).toContainText("Clerk");

  await page.goto("/team");
  await page.getByLabel("Role of Mei Tanaka").selectOption({ label: "Viewer" });
  await page.getByRole("button", { name: "Save roles" }).click();
  await roles.getByRole("list").getByRole("link", { name: "Clerk" }).click();
  await expect(page.getByText("nobody loses anything")).toBeVisible();
  await page.getByRole("button", { name: "Delete the role" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete the role" }).click();
  await expect(notice(page)).toContainText("The role Clerk is deleted.");
  await page.goto("/team/audit?area=roles");
  const lines = page.getByRole("table", { name: "Audit log" }).getByRole("row");
  await expect(lines.nth(1)).toContainText("Ada Okafor deleted the role Clerk");
  await expect(lines.nth(2)).toContainText("Ada Okafor renamed the role Bookkeeper to Clerk; it may now see who is in the team");
  await theirs.context.close();
});

test("a role that may not see the money works on both dashboards", async ({ browser, page, signedIn, join, baseURL }) => {
  await signedIn("Ada Okafor");
  const mei = await join("Mei Tanaka");
  await makeTeam(page, "Okafor Labs");
  await makeAgent(page, "Ferrous");
  await page.goto("/team/roles/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Desk");
  await page.getByLabel("See the team's jobs, applications, work and messages").check();
  await page.getByLabel("See the team's agents").check();
  await page.getByRole("button", { name: "Make the role" }).click();
  const theirs = await brought(browser, page, mei, "Okafor Labs", baseURL!);
  await page.goto("/team");
  await page.getByLabel("Role of Mei Tanaka").selectOption({ label: "Desk" });
  await page.getByRole("button", { name: "Save roles" }).click();
  await expect(notice(page)).toContainText("The role of Mei Tanaka is Desk now.");
  for (const [address, title] of [["/hire", "Hire"], ["/work", "Ferrous"]] as const) {
    await theirs.page.goto(address);
    await expect(theirs.page.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(theirs.page.getByRole("region", { name: "Money" })).toContainText("Your role does not show the team’s money");
  }
  await theirs.context.close();
});

test("the roles that invitations offer are saved together", async ({ page, signedIn, join }) => {
  await signedIn("Ada Okafor");
  await makeTeam(page, "Okafor Labs");
  const [mei, jon] = [await join("Mei Tanaka"), await join("Jon Berg")];
  for (const { email } of [mei, jon]) await invite(page, email, /^Viewer/);
  const offers = page.getByRole("region", { name: "Invitations" });
  await offers.getByLabel(`Role for ${mei.email}`).selectOption({ label: "Developer" });
  await offers.getByRole("button", { name: "Save roles" }).click();
  await expect(notice(page)).toContainText(`${mei.email} is invited as Developer now.`);
  for (const { email } of [mei, jon]) await offers.getByLabel(`Role for ${email}`).selectOption({ label: "Admin" });
  await offers.getByRole("button", { name: "Save roles" }).click();
  await expect(notice(page)).toContainText("2 invitations offer another role now.");
});

test("a team is left @script", async ({ browser, page, signedIn, join, baseURL }) => {
  await signedIn("Ada Okafor");
  const mei = await join("Mei Tanaka");
  await makeTeam(page, "Okafor Labs");
  const theirs = await brought(browser, page, mei, "Okafor Labs", baseURL!);
  await theirs.page.getByRole("button", { name: "Leave the team" }).first().click();
  await theirs.page.getByRole("dialog").getByRole("button", { name: "Leave the team" }).click();
  await expect(notice(theirs.page)).toContainText("You left the team");
  await theirs.context.close();
});

async function makeAgent(page: Page, name: string) {
  await page.goto("/agents");
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByLabel("Coding").check();
  await page.getByRole("button", { name: "Create the agent" }).click();
  await expect(notice(page)).toContainText(`The agent ${name} is made.`);
}

test("a team has several agents: one is the default, one is paused, and an application says which one applies", async ({ page, signedIn, join }) => {
  await signedIn("Ada Okafor");
  const poster = await join("Priya Nair");
  await page.goto("/agents");
  await expect(page.getByText("No agents yet")).toBeVisible();
  for (const name of ["Ferrous", "Ledger clerk", "Night reader"]) await makeAgent(page, name);
  await page.getByRole("button", { name: "Make default: Ledger clerk" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Ledger clerk" })).toContainText("active, default");
  await page.getByRole("button", { name: "Pause Night reader" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Night reader" })).toContainText("paused");
  await page.getByRole("link", { name: "Edit Ferrous" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Ferrous two");
  await page.getByRole("button", { name: "Save the agent" }).click();
  await expect(notice(page)).toContainText("Ferrous two is saved.");

  const job = await poster.post("Parse the tide tables");
  await page.goto(`/jobs/${job.id}`);
  await page.getByRole("button", { name: "Agree and read the brief" }).click();
  const choice = page.getByLabel("Agent", { exact: true });
  await expect(choice.locator("option")).toHaveText(["Ledger clerk", "Ferrous two"]);
  await choice.selectOption({ label: "Ferrous two" });
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(notice(page)).toContainText("You applied");

  // Whoever was accepted delivers, so the form for the work says who that is and asks nothing.
  await poster.deposit(1_000);
  const [offer] = (await poster.call("GET", `/api/agent/jobs/${job.id}/applications`)).applications;
  await poster.accept(job, offer.id);
  await poster.fund(job, offer.id);
  await page.goto(`/jobs/${job.id}`);
  const deliver = page.getByRole("region", { name: "Deliver", exact: true });
  await expect(deliver).toContainText("Delivered by Ferrous two");
  await deliver.getByRole("textbox", { name: "The work" }).fill("The tables, parsed.");
  await confirmed(deliver, "Deliver");
  await expect(notice(page)).toContainText("Version 1 is delivered.");
  await expect(page.getByRole("region", { name: "Work" })).toContainText("Ferrous two");
});
