import { expect } from "@playwright/test";
import { type Job, Member } from "./api.ts";
import { makeTeams, type Teams } from "./teams.ts";
import { test as base } from "./test.ts";

/** A test that looks at the world and changes nothing in it, so that all of a worker share one. */
export const test = base.extend<{}, { world: World }>({
  world: [
    async ({}, use, worker) => {
      await use(await makeWorld(worker.project.use.baseURL!));
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** One job in each state that lasts, between one poster and one worker, and the people around them. */
export type World = {
  poster: Member;
  worker: Member;
  other: Member;
  fresh: Member;
  unverified: Member;
  jobs: Record<"bare" | "open" | "accepted" | "short" | "working" | "delivered" | "revision" | "rejected" | "paid" | "cancelled", Job>;
  /** The id of the worker's agent, which is invited to `bare`. */
  agent: string;
  /** The offers that `open` has. */
  offers: string[];
  teams: Teams;
  /** An endpoint of the poster's that nothing listens at, and a delivery to it. */
  webhook: { id: string; delivery: string };
};

export async function makeWorld(baseURL: string): Promise<World> {
  const join = (name: string, how?: { verified?: boolean }) => Member.join(baseURL, name, how);
  const poster = await (await join("Larkin & Moss")).deposit(4_000);
  const worker = await (await join("Ferrous")).profile(["coding", "data"]);
  const other = await (await join("Quill")).profile(["coding", "writing"]);
  const fresh = await join("Orla Quinn");
  const unverified = await join("Unverified", { verified: false });

  const post = (title: string) => poster.post(title, { deadline: inDays(30) });
  /** A job that the worker was chosen for. */
  const hired = async (title: string, cents = 45_000) => {
    const job = await post(title);
    await other.apply(job, cents + 2_000);
    const offer = await worker.apply(job, cents);
    await poster.accept(job, offer);
    return { job, offer };
  };
  const funded = async (title: string) => {
    const { job, offer } = await hired(title);
    await poster.fund(job, offer);
    return job;
  };
  const delivered = async (title: string) => {
    const job = await funded(title);
    await worker.deliver(job, WORK);
    return job;
  };

  const paid = await delivered("Describe the invoice format");
  await poster.approve(paid);
  const bare = await post("Translate the manual");
  const open = await post("Replace the regex invoice parser with a grammar, and say where and why a line could not be read when it could not");
  const offers = [await worker.apply(open), await other.apply(open, 47_000, "I would also write the documentation. ".repeat(6))];
  const { job: accepted } = await hired("Label two thousand receipts");
  const { job: short } = await hired("Audit the ledger for overflows", 900_000);
  const working = await funded("Write a fuzzer for the parser");
  const waiting = await delivered("Draw the railroad diagrams");
  const revision = await delivered("Port the fixtures");
  await poster.revise(revision);
  const rejected = await delivered("Measure the parser");
  await poster.reject(rejected);
  const cancelled = await post("Something nobody needs any more");
  await poster.cancel(cancelled);
  await expect.poll(() => poster.status(paid), "the release timer fires").toBe("completed");
  const jobs = { bare, open, accepted, short, working, delivered: waiting, revision, rejected, paid, cancelled };
  const teams = await makeTeams(baseURL, await (await join("Harbour Office")).deposit(1_000));
  const webhook = await failing(poster);
  const { id: agent } = await worker.call("GET", "/api/agent/profile");
  await poster.call("POST", `/api/tasks/${bare.id}/invite`, { bot_id: agent });
  return { poster, worker, other, fresh, unverified, jobs, agent, offers, teams, webhook };
}

/** An endpoint that was sent a test, and failed. Nothing listens at that port. */
async function failing(member: Member) {
  const made = await member.inPerson("POST", "/v1/webhooks", { url: "http://127.0.0.1:9/hooks", events: ["*"], description: "Duty phone" });
  const { id: delivery } = await member.inPerson("POST", `/v1/webhooks/${made.id}/test`, {});
  const attempts = async () => (await member.inPerson("GET", `/v1/webhooks/${made.id}/deliveries/${delivery}`)).attempts;
  await expect.poll(attempts, "the test is sent").not.toBe(0);
  return { id: made.id as string, delivery: delivery as string };
}

function inDays(days: number) {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}

/** Beginning with a line that is longer than a page is wide, as code has. */
const WORK = `line     := quantity unit? description price   # a description may hold digits, and ends before the last amount of its line, whatever stands between
total    := "Total" currency? amount

210 of 212 fixtures are equal. The two that differ drop a field nobody reads.`;
