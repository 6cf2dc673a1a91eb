import { expect, type Page } from "@playwright/test";
import { type Job, Member } from "./api.ts";
import { notice } from "./pages.ts";

/** Jobs for three proofers, one in each lasting state. `first` has not judged `running`; `second` has. */
export type Reviews = {
  poster: Member;
  worker: Member;
  first: Member;
  second: Member;
  third: Member;
  fresh: Member;
  jobs: Record<"asked" | "seeking" | "seated" | "running" | "again" | "passed" | "revised" | "refused", Job>;
};

export const RUBRIC = [
  { name: "Correctness", weight: 50, description: "All 212 fixtures parse to the same rows." },
  { name: "Completeness", weight: 30 },
  { name: "Clarity", weight: 20 },
];

/** Three proofers at 12.00 each. */
export const PROOFED = { proof_required: true, proofer_count: 3, proof_fee: 1_200, rubric: RUBRIC };

/** A job whose work is handed in and which looks for proofers. */
export async function seeking(poster: Member, worker: Member, title: string, content: string, more: object = {}): Promise<Job> {
  const job = await poster.post(title, { ...PROOFED, ...more });
  const offer = await worker.apply(job);
  await poster.accept(job, offer);
  await poster.fund(job, offer);
  await worker.deliver(job, content);
  return job;
}

/** Gives everybody a seat. */
export async function seat(poster: Member, job: Job, proofers: Member[]) {
  for (const proofer of proofers) {
    const offer = await proofer.apply(job, 45_000, "I proofed four parsers this month.");
    await poster.call("POST", `/api/jobs/${job.id}/accept-proofer`, { applicationId: offer });
  }
}

/** Gives everybody a seat and funds them: the verdicts are due. */
export async function running(poster: Member, job: Job, proofers: Member[]) {
  await seat(poster, job, proofers);
  await poster.call("POST", `/api/jobs/${job.id}/fund-proof-escrow`, { useWallet: true });
}

export type Said = "approve" | "needs_revision" | "reject";

const ITEMS = [
  { category: "tests", description: "Add a fuzz target for the line-item rule.", priority: "high" },
  { category: "docs", description: "Say in README how to add a carrier.", priority: "low" },
];

export function judge(proofer: Member, job: Job, verdict: Said, more: object = {}) {
  const scores = { approve: 92, needs_revision: 74, reject: 30 };
  const sections = RUBRIC.map(({ name }, i) => ({ name, score: scores[verdict] - i }));
  return proofer.call("POST", `/api/jobs/${job.id}/proofs`, {
    verdict,
    sections,
    revision_items: verdict === "approve" ? [] : ITEMS,
    summary: `Summary by ${proofer.name}.`,
    agent_feedback: `Coaching by ${proofer.name}.`,
    ...more,
  });
}

export async function makeReviews(baseURL: string): Promise<Reviews> {
  const join = (name: string) => Member.join(baseURL, name);
  const poster = await (await join("Larkin & Moss")).deposit(5_000);
  const worker = await (await join("Ferrous")).profile(["coding"]);
  const first = await (await join("Quill")).profile(["testing"]);
  const second = await (await join("Orla Quinn")).profile(["testing"]);
  const third = await (await join("Ledgerhand")).profile(["testing"]);
  const fresh = await (await join("Tern")).profile(["testing"]);
  const all = [first, second, third];

  const asked = await poster.post("Summarise forty interviews with night nurses", { ...PROOFED, category: "research", tie_break: true });
  const open = await seeking(poster, worker, "Explain the cost model of the route planner", REPORT);
  await fresh.apply(open, 45_000, "I read cost models for a living. ".repeat(8));
  const seated = await seeking(poster, worker, "Port the fixtures to the new format", REPORT);
  await seat(poster, seated, all);
  // A proofer who was paid by a poster can't proof for them again, so all are seated before anybody is paid.
  const begun = async (title: string) => {
    const job = await seeking(poster, worker, title, REPORT);
    await running(poster, job, all);
    return job;
  };
  const jobs = {
    asked,
    seeking: open,
    seated,
    running: await begun("Draw the railroad diagrams"),
    again: await begun("Replace the regex invoice parser with a grammar"),
    passed: await begun("Describe the invoice format"),
    revised: await begun("Label two thousand receipts"),
    refused: await begun("Audit the ledger for overflows"),
  };
  const round = async (job: Job, said: Said[]) => {
    for (const [i, verdict] of said.entries()) await judge(all[i]!, job, verdict);
  };
  await judge(second, jobs.running, "approve");
  await round(jobs.again, ["needs_revision", "needs_revision", "approve"]);
  await worker.deliver(jobs.again, MENDED);
  await round(jobs.passed, ["approve", "needs_revision", "approve"]);
  await round(jobs.revised, ["needs_revision", "approve", "needs_revision"]);
  await round(jobs.refused, ["reject", "reject", "approve"]);
  return { poster, worker, first, second, third, fresh, jobs };
}

/** Markdown with everything that work usually has. */
export const REPORT = `# Report

The parser is a grammar now. It says where and why a line could not be read.

## Results

| fixtures | equal |
| --- | --- |
| 212 | 210 |

- two drop a field nobody reads
- see [the log](https://example.org/log)

\`\`\`rust
pub fn line_item(input: &mut &str) -> Result<Item> {
    let (qty, unit, price) = seq(number, unit, money)?;
    Ok(Item { qty, unit, price })
}
\`\`\`
`;

/** The second version, with the requested changes. */
export const MENDED = REPORT.replace("| 212 | 210 |", "| 212 | 212 |")
  .replace("- two drop a field nobody reads\n", "- all fields are kept, unknown ones too\n")
  .replace(
    "    let (qty, unit, price) = seq(number, unit, money)?;\n    Ok(Item { qty, unit, price })",
    "    let at = position(input);\n    let qty = number.context(\"quantity\").parse_next(input)?;\n" +
      "    let unit = unit.context(\"unit\").parse_next(input)?;\n    let price = money.context(\"price\").parse_next(input)?;\n" +
      "    let rest = take_while(0.., not_eol).parse_next(input)?;\n    Ok(Item { qty, unit, price, rest, at })",
  );

/** The title of the job that is proofed. */
export const TITLE = "Replace the regex invoice parser with a grammar";
/** A job's address, or that of a page below it. */
export const at = (job: { id: string }, more = "") => `/jobs/${job.id}${more}`;
/** A part of a page by its heading. */
export const part = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
/** The form for a verdict. */
export const verdictForm = (page: Page) => part(page, "Your verdict");
/** A row of the form for what is to be mended. */
export const row = (page: Page, i: number) => verdictForm(page).locator(".item-rows > li").nth(i);

/** One proofer with a seat in a running review, signed in. */
export async function seated(page: Page, join: (name: string) => Promise<Member>, signedIn: (name: string) => Promise<Member>, content = REPORT) {
  const poster = await (await join("Larkin")).deposit(1_000);
  const worker = await (await join("Ada")).profile(["coding"]);
  const other = await (await join("Wilhelmina")).profile(["testing"]);
  const proofer = await (await signedIn("Quill")).profile(["testing"]);
  const job = await seeking(poster, worker, TITLE, content, { proofer_count: 2 });
  await running(poster, job, [proofer, other]);
  await page.goto(at(job, "/review"));
  return { poster, worker, proofer, other, job };
}

/** Hands a verdict in, and says yes to the question. */
export async function give(page: Page) {
  await verdictForm(page).getByRole("button", { name: "Submit verdict" }).click();
  const question = page.getByRole("dialog", { name: "Submit this verdict?" });
  await expect(question).toContainText("It can’t be changed. 12.00 is yours when the round is decided");
  await question.getByRole("button", { name: "Submit verdict" }).click();
  await expect(notice(page)).toContainText("Your verdict is in.");
}
