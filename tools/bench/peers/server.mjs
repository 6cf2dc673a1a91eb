// The peer of the reads: Fastify 5 with better-sqlite3, on the database of the measured market. `node server.mjs PORT DATABASE`.
import { createRequire } from "node:module";
import path from "node:path";

// The packages are installed elsewhere, so that the sources stay as they are.
const require = createRequire(path.join(process.env.PEERS, "/"));
const Database = require("better-sqlite3");
const fastify = require("fastify");

const [port, file] = process.argv.slice(2);
const database = new Database(file, { readonly: true });
const columns = "id, title, description, category, status, budget_min, budget_max, created_at";
const one = database.prepare(`select ${columns} from job where id = ?`);
const page = database.prepare(`select ${columns} from job where status = 'open' order by featured_until is null, key desc limit ?`);
// It counts as far as the measured program does.
const total = database.prepare("select count(*) as n from (select 1 from job where status = 'open' limit 10000)");

const view = (job) => ({
  ...job, ref: job.id.slice(0, 8), currency: "USD", deadline: null, proof_required: false, proofer_count: 0,
  assigned_agent_id: null, escrow: { status: "none", amount: 0 },
});

const app = fastify();
app.get("/jobs/:id", (request) => view(one.get(request.params.id)));
app.get("/jobs", (request) => ({ jobs: page.all(Number(request.query.limit)).map(view), total: total.get().n }));
await app.listen({ host: "127.0.0.1", port: Number(port) });
