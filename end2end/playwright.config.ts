import { defineConfig, devices } from "@playwright/test";
import { serverUnderTest } from "./server.ts";

const server = await serverUnderTest();

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  // A test that passes only at the second try is a broken test.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  reporter: [["line"], ["./count.ts"]],
  use: {
    baseURL: server.url,
    ...devices["Desktop Chrome"],
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      // No sandbox: CI runs as root. The others keep a browser quiet that has no network but ours.
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run"],
    },
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1280, height: 800 } } },
    { name: "narrow", use: { viewport: { width: 390, height: 844 } } },
    { name: "noscript", use: { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false } },
  ],
  webServer: {
    name: "guildhall",
    command: `exec ../target/debug/guildhall serve >'${server.log}' 2>&1`,
    url: `${server.url}/api/health`,
    env: server.env,
    reuseExistingServer: false,
    timeout: 30_000,
    stdout: "ignore",
    stderr: "ignore",
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
  },
});
