import { type BrowserContext, expect, type Page, request } from "@playwright/test";
import { type Job, letter, Member } from "../../support/api.ts";
import { signIn, switchTo } from "../../support/pages.ts";
import { test } from "../../support/test.ts";

/** Forms about the person, which no role limits, and the one that would end the walk. */
const OF_THE_PERSON = /^\/_fn\/(sign-out|teams|teams\/switch|team\/leave|notifications\/.*|settings\/(?!agent$|keys).*|verify\/.*)$/;

/** Brings a new member into the member's own team, in a role. */
async function brought(by: Member, name: string, role: string, baseURL: string) {
  const member = await Member.join(baseURL, name);
  await by.inPerson("POST", "/v1/access/team/members", { email: member.email, role_id: role });
  const token = await letter(await request.newContext({ baseURL }), member.email, /\/invitations\/accept\?token=([\w-]+)/);
  await member.inPerson("POST", "/v1/access/invitations/accept", { token });
  return member;
}

const teamOf = async (member: Member): Promise<string> => (await member.inPerson("GET", "/v1/access/team")).id;

/** Sends every form that a page draws, as it stands, and returns those that the role may not send. */
async function refused(page: Page, origin: string): Promise<string[]> {
  const forms = await page.locator("form[method=post]").evaluateAll((all) =>
    (all as HTMLFormElement[]).map((form) => ({
      to: new URL(form.action).pathname,
      body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])).toString(),
    })),
  );
  const wrong: string[] = [];
  for (const { to, body } of forms.filter((form) => form.to.startsWith("/_fn/") && !OF_THE_PERSON.test(form.to))) {
    const headers = { Accept: "application/json", Origin: origin, "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await page.request.post(to, { data: body, headers, maxRedirects: 0 });
    if (answer.status() === 403) wrong.push(`${page.url()}: ${to}: ${await answer.text()}`);
  }
  return wrong;
}

/** The pages of a team and of its jobs. */
function pages(jobs: Job[], offer: string): string[] {
  const parts = jobs.flatMap((job) => ["", "/edit", "/dispute", "/review"].map((part) => `/jobs/${job.id}${part}`));
  const team = ["/team", "/team/roles/new", "/team/roles/role_viewer", "/agents", "/settings/agent", "/settings/keys", "/webhooks", "/settings"];
  return [...parts, `/jobs/${jobs[0]!.id}?pick=${offer}`, "/jobs/new", "/hire", "/work", "/proofing", "/wallet", "/notifications", ...team];
}

async function walk(page: Page, context: BrowserContext, who: Member, team: string, paths: string[], baseURL: string) {
  await context.clearCookies();
  await signIn(context, who, baseURL);
  await switchTo(context, team, baseURL);
  const wrong: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    wrong.push(...(await refused(page, baseURL)));
  }
  expect(wrong, `${who.name} is offered nothing that the role does not allow`).toEqual([]);
}

test("no page offers a member what the role does not allow", async ({ page, context, baseURL, join }) => {
  test.setTimeout(240_000);
  const origin = baseURL!;
  const poster = await (await join("Larkin & Moss")).deposit(4_000);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const open = await poster.post("Replace the parser");
  const offer = await worker.apply(open);
  const accepted = await poster.post("Label the receipts");
  await poster.accept(accepted, await worker.apply(accepted));
  const working = await poster.hire(worker, "Write a fuzzer");
  const delivered = await poster.hire(worker, "Draw the diagrams");
  await worker.deliver(delivered);
  const disputed = await poster.hire(worker, "Measure the parser");
  await worker.deliver(disputed);
  await poster.reject(disputed);
  await worker.dispute(disputed);
  const paths = pages([open, accepted, working, delivered, disputed], offer);
  for (const [owner, side] of [[poster, "poster"], [worker, "worker"]] as const) {
    const team = await teamOf(owner);
    for (const role of ["role_viewer", "role_developer"]) {
      await walk(page, context, await brought(owner, `${role} of the ${side}`, role, origin), team, paths, origin);
    }
  }
  // In place of a form stands who may do it.
  await page.goto("/wallet");
  await expect(page.getByText("Your role in this team does not allow this: Move the team's money")).toBeVisible();
});
