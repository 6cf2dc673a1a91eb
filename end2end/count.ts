import { existsSync, readFileSync, rmSync } from "node:fs";
import type { FullConfig, Reporter, Suite, TestCase } from "@playwright/test/reporter";
import { log } from "./server.ts";

/** Ends the run with one line that tools/test adds up, and takes the server's data folder away. */
export default class Count implements Reporter {
  private suite?: Suite;
  /** Errors outside any test: a file that does not load, a server that does not start. */
  private errors = 0;

  onBegin(_config: FullConfig, suite: Suite) {
    this.suite = suite;
  }

  onError() {
    this.errors += 1;
  }

  async onExit() {
    if (this.errors > 0 && existsSync(log)) {
      console.log(`the server's last words (end2end/${log}):`);
      console.log(readFileSync(log, "utf8").split("\n").slice(-20).join("\n"));
    }
    const tests = this.suite?.allTests() ?? [];
    const passed = tests.filter((test) => test.outcome() === "expected" && didRun(test)).length;
    // A test that did not run counts as a failure, whatever the cause.
    console.log(`browser: ${passed} passed, ${tests.length - passed + this.errors} failed`);
    if (process.env.E2E_DATA) rmSync(process.env.E2E_DATA, { recursive: true, force: true });
  }

  printsToStdio() {
    return false;
  }
}

function didRun(test: TestCase) {
  return test.results.length > 0;
}
