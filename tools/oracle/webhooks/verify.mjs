// Verifies one request by a library: `node verify.mjs standardwebhooks|svix < {secret, headers, body}`; the body is in base 64.

import { readFileSync } from "node:fs";
import * as standard from "standardwebhooks";
import * as svix from "svix";

const libraries = { standardwebhooks: standard.Webhook, svix: svix.Webhook };
const { secret, headers, body } = JSON.parse(readFileSync(0, "utf8"));
try {
  new libraries[process.argv[2]](secret).verify(Buffer.from(body, "base64").toString("utf8"), headers);
} catch (error) {
  console.error(String(error));
  process.exit(3);
}
