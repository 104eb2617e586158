// Where Electron's program is, and getting it where it is not there yet. Its
// package carries no program since version 42 and fetches none by itself.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./prepare.mjs";

const PACKAGE = join(ROOT, "node_modules/electron");
const FAILED = join(ROOT, "node_modules/.cache/commonplace/no-electron.json");
/** Whether the place it comes from answers at all. */
const REACH_MS = 8_000;
/** Fetching about 120 MB. */
const FETCH_MS = 240_000;
/** A failure is remembered this long, so that later starts are quick. */
const FAILED_MS = 7 * 24 * 60 * 60 * 1000;

/** The program to run; null when it is not on this computer. @returns {string | null} */
export function findElectron() {
  const given = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  const folder = given ?? join(PACKAGE, "dist");
  const path = join(folder, programPath());
  return existsSync(path) ? path : null;
}

/**
 * Finds Electron, or fetches it with its package's own script. Null, and why,
 * when that is not possible here.
 * @param {{ readonly again: boolean }} options `again`: although it failed before
 * @returns {Promise<{ path: string | null, reason: string }>}
 */
export async function getElectron({ again }) {
  const found = findElectron();
  if (found !== null) return { path: found, reason: "" };
  if (!existsSync(join(PACKAGE, "install.js")))
    return { path: null, reason: "The Electron package is not installed." };
  if (!again && hasFailed())
    return {
      path: null,
      reason:
        "Electron could not be fetched earlier (npm start -- --fetch tries again).",
    };
  if (!(await isReachable()) || !(await fetchElectron())) {
    rememberFailure();
    return {
      path: null,
      reason: "Electron is not on this computer and could not be fetched.",
    };
  }
  return { path: findElectron(), reason: "Electron was fetched incompletely." };
}

/** Where the program lies in Electron's folder. */
function programPath() {
  if (process.platform === "darwin")
    return "Electron.app/Contents/MacOS/Electron";
  return process.platform === "win32" ? "electron.exe" : "electron";
}

function version() {
  return String(
    JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")).version,
  );
}

function hasFailed() {
  try {
    const failed = JSON.parse(readFileSync(FAILED, "utf8"));
    return failed.version === version() && Date.now() - failed.at < FAILED_MS;
  } catch {
    return false;
  }
}

function rememberFailure() {
  try {
    mkdirSync(dirname(FAILED), { recursive: true });
    writeFileSync(
      FAILED,
      JSON.stringify({ version: version(), at: Date.now() }),
    );
  } catch {
    // Tried again next time.
  }
}

/** Asks the place once; its script would try for most of a minute. */
async function isReachable() {
  const mirror =
    process.env["ELECTRON_MIRROR"] ??
    process.env["npm_config_electron_mirror"] ??
    "https://github.com/";
  console.log("Looking for Electron …");
  try {
    await fetch(mirror, {
      method: "HEAD",
      signal: AbortSignal.timeout(REACH_MS),
    });
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<boolean>} */
function fetchElectron() {
  console.log("Fetching Electron (once, about 120 MB) …");
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(PACKAGE, "install.js")], {
      cwd: ROOT,
      stdio: "ignore",
      timeout: FETCH_MS,
    });
    child.on("error", () => {
      resolve(false);
    });
    child.on("close", (code) => {
      resolve(code === 0);
    });
  });
}
