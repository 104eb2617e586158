// `npm start`: installs and builds what is missing, then opens Commonplace: in a
// window where Electron can run, else in the browser.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { CORE_ENV, NODE_CORE_FLAGS } from "../electron/core-flags.mjs";
import { getElectron } from "./electron-binary.mjs";
import { ROOT, prepare } from "./prepare.mjs";
import { checkUsage } from "./usage.mjs";

/** A window that ends with an error this soon never opened. */
const OPENED_MS = 4_000;
const OWN = ["--browser", "--fetch"];

/** @type {import("./usage.mjs").Usage} */
const USAGE = {
  command: "npm start",
  about:
    "Opens Commonplace: in a window where that is possible, else in the browser.",
  options: [
    ["browser", "", "open it in the browser, without looking for Electron"],
    [
      "fetch",
      "",
      "look for Electron again, though it was not to be had before",
    ],
    ["no-open", "", "in the browser: print the address, and open no page"],
    ["data", "FOLDER", "the data folder, when it is not the usual one"],
    ["bootstrap", "HOST:PORT,…", "enter the network by these computers only"],
    ["loopback", "", "stay on this computer: for trying things out"],
  ],
};

const given = process.argv.slice(2);
// A link is for the app to open, and to judge.
checkUsage(
  USAGE,
  given.filter((arg) => !arg.startsWith("commonplace:")),
);
const args = given.filter((arg) => !OWN.includes(arg));

try {
  await prepare();
  process.exitCode = await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** @returns {Promise<number>} the exit code */
async function start() {
  if (given.includes("--browser")) return await openHost("");
  if (!hasScreen())
    return await openHost("There is no screen here for a window.");
  const { path, reason } = await getElectron({
    again: given.includes("--fetch"),
  });
  if (path === null) return await openHost(reason);
  const began = performance.now();
  const code = await run(path, [ROOT, ...rootArgs(), ...args]);
  if (code === 0 || performance.now() - began > OPENED_MS) return code;
  return await openHost("The window could not be opened.");
}

function hasScreen() {
  return (
    process.platform !== "linux" ||
    Boolean(process.env["DISPLAY"]) ||
    Boolean(process.env["WAYLAND_DISPLAY"])
  );
}

/** Chromium's sandbox refuses to run as root, and so would the window. */
function rootArgs() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return [];
  console.log(
    "Running as root: without the sandbox of the operating system. Better run as yourself.",
  );
  return ["--no-sandbox"];
}

/** @param {string} reason why there is no window; empty when none was wanted */
function openHost(reason) {
  if (reason !== "") console.log(`${reason} Opening in the browser instead.`);
  return run(process.execPath, [
    ...NODE_CORE_FLAGS,
    join(ROOT, "dist/core/main.js"),
    "--host",
    ...args,
  ]);
}

/**
 * Runs a program until it ends, passing on what would end us.
 * @param {string} command
 * @param {readonly string[]} commandArgs
 * @returns {Promise<number>} its exit code
 */
function run(command, commandArgs) {
  return new Promise((resolve, reject) => {
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
    const child = spawn(command, [...commandArgs], {
      cwd: process.cwd(),
      env: { ...env, ...CORE_ENV },
      stdio: "inherit",
    });
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      child.kill(signal);
    };
    process.on("SIGINT", pass);
    process.on("SIGTERM", pass);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", pass);
      process.off("SIGTERM", pass);
      resolve(code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 0 : 1));
    });
  });
}
