import { mkdirSync, mkdtempSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The log of the server from the last run. */
export const log = "report/server.log";

/** The program under test. */
export const program = process.env.E2E_PROGRAM ?? "../target/debug/guildhall";

/** Where the server under test listens and keeps its data: chosen once, by the process that Playwright starts first.
 *  Its workers load the configuration too, and find the choice in the environment that they inherit. */
export async function serverUnderTest() {
  const listen = (process.env.E2E_LISTEN ??= `127.0.0.1:${await freePort()}`);
  const data = (process.env.E2E_DATA ??= mkdtempSync(join(tmpdir(), "guildhall-e2e-")));
  mkdirSync("report", { recursive: true });
  return {
    url: `http://${listen}`,
    log,
    env: {
      GUILDHALL_LISTEN: listen,
      GUILDHALL_DATA: data,
      GUILDHALL_RATE_LIMITS: "off",
      GUILDHALL_RELEASE_DELAY: "2s",
    },
  };
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
