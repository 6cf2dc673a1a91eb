import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import { program, serverUnderTest } from "./server.ts";

const server = await serverUnderTest();
const chromium = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find(existsSync);
const wide = { width: 1280, height: 800 };

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  // A test that passes only at the second try is a broken test.
  retries: 0,
  // A machine may be slow, and that is no failure: these only end what hangs.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  reporter: [["line"], ["./count.ts"]],
  use: {
    baseURL: server.url,
    ...devices["Desktop Chrome"],
    // A colour on its way to another is no colour to judge.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    // A trace of every step costs a sixth of the time: ask for one with `make e2e ARGS='… --trace=retain-on-failure'`.
    trace: "off",
    launchOptions: {
      executablePath: process.env.CHROMIUM || chromium || "/usr/bin/chromium",
      // No sandbox: CI runs as root. The others keep a browser quiet that has no network but ours.
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run"],
    },
  },
  projects: process.env.SCREENS
    ? // Pictures on demand, which are no test: SCREENS=1 for the documentation, SCREENS=walk of three stories as five people see them.
      [{ name: "screens", testMatch: process.env.SCREENS === "walk" ? "walk.ts" : "screens.ts", fullyParallel: false, use: { viewport: wide } }]
    : [
        { name: "desktop", use: { viewport: wide } },
        // A small screen changes the layout, which quality.spec.ts checks in each width. Tests tagged
        // @narrow use controls that only a small screen has, or that must fit on it.
        { name: "narrow", grep: /@narrow/, use: { viewport: { width: 390, height: 844 } } },
        // Tests tagged @script need a script; quality.spec.ts looks into the page with one.
        { name: "noscript", testIgnore: "quality.spec.ts", grepInvert: /@script/, use: { viewport: wide, javaScriptEnabled: false } },
      ],
  webServer: {
    name: "guildhall",
    command: `exec ${program} serve >'${server.log}' 2>&1`,
    url: `${server.url}/api/health`,
    env: server.env,
    reuseExistingServer: false,
    timeout: 30_000,
    stdout: "ignore",
    stderr: "ignore",
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
  },
});
