import { defineConfig } from "@playwright/test";
import { findChromium } from "../scripts/chromium.mjs";

const chromium = await findChromium();
const electron = process.env["ELECTRON_BIN"] ?? "";
const isRoot = process.getuid?.() === 0;

/** The same specs in both hosts: a browser on the loopback host, and the desktop app itself. */
export default defineConfig({
  testDir: "specs",
  outputDir: "../test-results",
  timeout: 90_000,
  expect: { timeout: 20_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: process.env["CI"] === "true",
  reporter: [
    ["list"],
    ...(process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] === undefined
      ? []
      : [["json"] as const]),
  ],
  use: {
    actionTimeout: 15_000,
    screenshot: "off",
    trace: "off",
    launchOptions: {
      ...(chromium === null ? {} : { executablePath: chromium }),
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--force-color-profile=srgb",
      ],
    },
  },
  projects: [
    { name: "browser", testIgnore: "window.spec.ts" },
    ...(process.env["PICTURES"] === undefined
      ? []
      : [{ name: "pictures", testDir: "pictures" }]),
    // A desktop with a store for passwords asks for none.
    ...(electron === ""
      ? []
      : [{ name: "electron", testIgnore: "lock.spec.ts" }]),
  ],
});
