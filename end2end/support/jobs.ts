// Jobs brought as far as a test of a form needs them.

import type { Member } from "./api.ts";

/** A job that waits for its poster to choose the one offer. */
export async function offered(poster: Member, worker: Member, cents = 45_000) {
  const job = await poster.post("Parse invoices with a grammar");
  return { job, application: await worker.apply(job, cents) };
}

/** A job whose work waits for its poster's word. */
export async function delivered(poster: Member, worker: Member) {
  const { job, application } = await offered(poster, worker);
  await poster.accept(job, application);
  await poster.fund(job, application);
  await worker.deliver(job);
  return job;
}
