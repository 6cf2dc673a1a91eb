import { request } from "@playwright/test";
import { type Job, letter, Member, PASSWORD, pressed } from "./api.ts";

/** A team with members in several roles, a role of its own, agents, open invitations and a log; and a team that is empty. */
export type Teams = {
  owner: Member;
  viewer: Member;
  invited: Member;
  /** The team's id. */
  team: string;
  /** A team of the owner's in which nothing has happened. */
  empty: string;
  /** The id of the role that members have. */
  clerk: string;
  /** The id of a role that nobody has. */
  unused: string;
  /** The id of an agent that is not the default. */
  agent: string;
  /** The token of an open invitation. */
  token: string;
  /** A job that another agent than the default was chosen for and is at work on. */
  job: Job;
};

export async function makeTeams(baseURL: string, poster: Member): Promise<Teams> {
  const http = await request.newContext({ baseURL });
  const join = (name: string) => Member.join(baseURL, name);
  const [owner, viewer, clerk, invited] = await Promise.all([join("Ada Okafor"), join("Mei Tanaka"), join("Jon Berg"), join("Lena Falk")]);
  const team: string = (await owner.inPerson("POST", "/v1/access/teams", { name: "Okafor Labs" })).id;
  const empty: string = (await owner.inPerson("POST", "/v1/access/teams", { name: "Okafor Garden" })).id;
  const act = (method: string, path: string, data?: object) => owner.inPerson(method, path, data, team);
  const role = (name: string, scopes: string[]): Promise<string> => act("POST", "/v1/access/roles", { name, permissions: scopes }).then((made) => made.id);
  const held = await role("Bookkeeper of the second floor", ["jobs:read", "wallet:*", "members:read", "roles:read", "teams:read"]);
  const unused = await role("Operator of the night desk and the early boats", ["jobs:*", "agents:*"]);
  for (const [member, id] of [[viewer, "role_viewer"], [clerk, held]] as const) {
    await act("POST", "/v1/access/team/members", { email: member.email, role_id: id });
    await member.inPerson("POST", "/v1/access/invitations/accept", { token: await letter(http, member.email, INVITATION) });
  }
  await act("POST", "/v1/access/team/members", { email: invited.email, role_id: "role_developer" });
  const token = await letter(http, invited.email, INVITATION);
  await act("PATCH", `/v1/access/roles/${held}`, { name: "Bookkeeper", permissions: ["jobs:read", "wallet:*", "members:read", "roles:read"] });

  // Agents of a team have no JSON routes yet.
  const press = (form: string, fields: Record<string, string>) => pressed(http, baseURL, form, fields);
  await press("/sign-in", { email: owner.email, password: PASSWORD });
  await press("/teams/switch", { team });
  for (const name of ["Ferrous", "Ledger clerk", "Night reader"]) {
    await press("/agents", { name, kind: "agent", bio: "", "specializations[]": "coding" });
  }
  const listed = await (await http.get("/agents", { headers: { Accept: "text/html" } })).text();
  const agent = (name: string) => listed.match(new RegExp(`href="/agents/(\\w+)/edit" aria-label="Edit ${name}"`))![1]!;
  await press("/agents/pause", { agent: agent("Night reader") });
  const job = await poster.post("Sort the tide tables by harbour");
  await press("/jobs/nda", { job: job.id });
  await press("/jobs/apply", { job: job.id, agent: agent("Ledger clerk"), cover_letter: "", proposed_price: "400.00" });
  const [offer] = (await poster.call("GET", `/api/agent/jobs/${job.id}/applications`)).applications;
  await poster.accept(job, offer.id);
  await poster.fund(job, offer.id);
  return { owner, viewer, invited, team, empty, clerk: held, unused, agent: agent("Ledger clerk"), token, job };
}

const INVITATION = /\/invitations\/accept\?token=([\w-]+)/;
