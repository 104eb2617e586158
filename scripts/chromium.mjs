// Finds a Chromium for the end-to-end tests, and gets one where there is none.
import { existsSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The path of a Chromium on this computer: CHROMIUM_PATH, one on the PATH, one
 * in its usual place, or Playwright's own. Null when there is none.
 * @returns {Promise<string | null>}
 */
export async function findChromium() {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && existsSync(named)) return named;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  for (const folder of folders) {
    for (const name of NAMES) {
      const path = join(folder, name);
      if (folder !== "" && existsSync(path)) return path;
    }
  }
  const usual = PLACES.find((path) => existsSync(path));
  if (usual !== undefined) return usual;
  const { chromium } = await import("@playwright/test");
  const own = chromium.executablePath();
  return own !== "" && existsSync(own) ? own : null;
}

/**
 * Finds a Chromium or gets one: Debian's package for root, else Playwright's.
 * @returns {Promise<string>} its path
 * @throws an error in a sentence a person can act on
 */
export async function getChromium() {
  const found = await findChromium();
  if (found !== null) return found;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && has("apt-get")) {
    run("apt-get", ["update", "-qq"]);
    run("apt-get", [
      "install",
      "-y",
      "-qq",
      "--no-install-recommends",
      "chromium",
      "fonts-dejavu-core",
    ]);
    const installed = await findChromium();
    if (installed !== null) return installed;
  }
  run("npx", ["playwright", "install", "chromium"]);
  const downloaded = await findChromium();
  if (downloaded !== null) return downloaded;
  throw new Error(
    "No Chromium was found and none could be installed. Install Chromium or Google Chrome, or set CHROMIUM_PATH to one, and run this again.",
  );
}

/** @param {string} command */
function has(command) {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  console.log(`  ${command} ${args.join(" ")}`);
  spawnSync(command, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    shell: process.platform === "win32",
  });
}
