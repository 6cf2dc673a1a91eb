import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect, request } from "@playwright/test";
import { program } from "../server.ts";

export const PASSWORD = "a sentence is a good password";

/** An address nobody had before: tests share one database. */
export function freshEmail(name: string) {
  return `${name.toLowerCase().replace(/\W+/g, "-")}-${randomUUID().slice(0, 8)}@example.org`;
}

export type Job = { id: string; ref: string; title: string; status: string };

/** A member who acts through the JSON API, as a program would. */
export class Member {
  private constructor(
    readonly name: string,
    readonly email: string,
    private readonly http: APIRequestContext,
    private readonly origin: string,
    private token: string,
    private key: string,
  ) {}

  /** Signs up, follows the letter and gets a key. An unverified one has not opened the letter yet. */
  static async join(baseURL: string, name: string, how: { verified?: boolean } = {}) {
    const http = await request.newContext({ baseURL });
    const email = freshEmail(name);
    const member = new Member(name, email, http, baseURL, "", "");
    await member.call("POST", "/v1/auth/signup", { email, password: PASSWORD, name });
    if (how.verified !== false) await pressed(http, baseURL, "/verify", { token: await letter(http, email) });
    member.token = (await member.call("POST", "/api/auth/login", { email, password: PASSWORD })).access_token;
    member.key = (await member.call("POST", "/api/agent/api-key", { name: "tests" })).api_key;
    return member;
  }

  /** Makes a worker's profile. */
  async profile(specializations: string[]) {
    const bio = "Reads the brief twice.";
    await this.call("POST", "/api/agent/profile", { name: this.name, bio, specializations });
    return this;
  }

  /** Makes an admin, as whoever runs the server does: by its command line, on its data. */
  promoted() {
    const env = { ...process.env, GUILDHALL_DATA: process.env.E2E_DATA! };
    execFileSync(program, ["user", "promote", this.email], { env });
    // An agent's key does not rule on disputes; the person does.
    this.key = "";
    return this;
  }

  async deposit(dollars: number) {
    const { checkout_url: checkout } = await this.call("POST", "/api/credits/deposit", { amount: dollars });
    const deposit = new URL(checkout, "http://any").pathname.split("/").pop();
    await pressed(this.http, this.origin, "/sandbox/pay", { deposit: deposit! });
    return this;
  }

  post(title: string, more: object = {}): Promise<Job> {
    const draft = { title, description: BRIEF, category: "coding", budget_max: 48_000, ...more };
    return this.call("POST", "/api/agent/jobs", draft);
  }

  /** Agrees to the NDA and applies; answers with the application's id. */
  async apply(job: Job, cents = 45_000, letter = "I wrote three grammars like this one."): Promise<string> {
    await this.call("POST", `/api/jobs/${job.id}/nda`, {});
    const offer = { cover_letter: letter, proposed_price: cents };
    return (await this.call("POST", `/api/jobs/${job.id}/apply`, offer)).id;
  }

  accept(job: Job, applicationId: string) {
    return this.call("POST", `/api/agent/jobs/${job.id}/accept-application`, { applicationId });
  }

  /** A job that the worker was chosen for and that is funded. */
  async hire(worker: Member, title: string, more: object = {}, cents = 45_000): Promise<Job> {
    const job = await this.post(title, more);
    const offer = await worker.apply(job, cents);
    await this.accept(job, offer);
    await this.fund(job, offer);
    return job;
  }

  fund(job: Job, applicationId: string) {
    return this.call("POST", `/api/jobs/${job.id}/fund-escrow`, { applicationId, useWallet: true });
  }

  deliver(job: Job, content = "210 of 212 fixtures are equal.") {
    return this.call("POST", `/api/jobs/${job.id}/deliver`, { content });
  }

  approve(job: Job) {
    return this.call("POST", `/api/jobs/${job.id}/approve`, {});
  }

  revise(job: Job, message = "Two fixtures still differ.") {
    return this.call("POST", `/api/jobs/${job.id}/request-revision`, { message });
  }

  reject(job: Job) {
    return this.call("POST", `/api/jobs/${job.id}/reject`, { reason: "incomplete", message: "Half of it is missing." });
  }

  dispute(job: Job, statement = "The fixtures that matter are missing.") {
    return this.call("POST", `/api/jobs/${job.id}/dispute`, { statement });
  }

  answer(job: Job, statement = "They were never part of the brief.") {
    return this.call("POST", `/api/jobs/${job.id}/dispute/answer`, { statement });
  }

  say(job: Job, body: string) {
    return this.call("POST", `/api/jobs/${job.id}/messages`, { body });
  }

  rate(job: Job, stars: number, comment = "") {
    return this.call("POST", `/api/jobs/${job.id}/ratings`, { stars, comment });
  }

  cancel(job: Job) {
    return this.call("POST", `/api/jobs/${job.id}/cancel`, { reason: "We found it done already." });
  }

  async status(job: Job): Promise<string> {
    return (await this.call("GET", `/api/jobs/${job.id}`)).status;
  }

  call(method: string, path: string, data?: object) {
    const byKey = this.key && !path.endsWith("/profile");
    return byKey ? this.send(method, path, { "X-API-Key": this.key }, data) : this.inPerson(method, path, data);
  }

  /** Acts by the token of a login instead of the key, for a team of theirs if one is named. */
  inPerson(method: string, path: string, data?: object, team?: string) {
    const headers: Record<string, string> = this.token ? { Authorization: `Bearer ${this.token}` } : {};
    return this.send(method, path, team ? { ...headers, "X-Team-Id": team } : headers, data);
  }

  /** Sends by the key what is refused, and answers with the refusal. */
  async refused(method: string, path: string, data: object) {
    const answer = await this.http.fetch(path, { method, headers: { "X-API-Key": this.key }, data });
    expect(answer.ok(), `${method} ${path} is refused`).toBe(false);
    return JSON.parse(await answer.text());
  }

  private async send(method: string, path: string, headers: Record<string, string>, data?: object) {
    const answer = await this.http.fetch(path, { method, headers, ...(data && { data }) });
    const text = await answer.text();
    expect(answer.ok(), `${method} ${path} answered ${answer.status()}: ${text}`).toBe(true);
    return JSON.parse(text);
  }
}

export const BRIEF = "Replace the regex parser with a grammar.\nAll 212 fixtures must parse to the same rows.";

/** The token in the newest letter to an address that has such a link; letters go out a moment after the act that queued them. */
export async function letter(http: APIRequestContext, email: string, link = /\/verify\?token=([\w-]+)/) {
  let token: string | undefined;
  await expect
    .poll(async () => {
      const list = await (await http.get("/sandbox/mail")).text();
      const rows = list.split("<tr").slice(1).filter((row) => row.includes(email));
      for (const row of rows) {
        const path = row.match(/href="(\/sandbox\/mail\/\w+)"/)?.[1];
        token ??= path && (await (await http.get(path)).text()).match(link)?.[1];
      }
      return token;
    }, `a letter to ${email}`)
    .toBeTruthy();
  return token!;
}

/** Sends a form as a browser without scripts does. */
export async function pressed(http: APIRequestContext, origin: string, form: string, fields: Record<string, string>) {
  const headers = { Accept: "text/html", Origin: origin };
  const answer = await http.post(`${origin}/_fn${form}`, { form: fields, headers, maxRedirects: 0 });
  expect(answer.status(), `${form} redirects`).toBe(303);
}
