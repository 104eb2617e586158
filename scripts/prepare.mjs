// What has to be there before anything of ours can run: packages and the build.
// Runs on bare Node: imports nothing that is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

const LEAST_NODE = [20, 19];
/** What the build is made from. */
const SOURCES = ["core", "cli", "electron", "renderer", "scripts/build.mjs"];
const STAMP = join(ROOT, "dist", "built");
/** Which lockfile the packages were installed from; npm removes it with them. */
const INSTALLED = join(ROOT, "node_modules/.installed-from");

/** Installs and builds what is missing or older than what it is made from. Throws a sentence. */
export async function prepare() {
  checkNode();
  if (isInstallNeeded()) {
    console.log("Installing packages (once, about a minute) …");
    const options = ["--ignore-scripts", "--no-audit", "--no-fund"];
    const problem = "The packages could not be installed. Is there a network?";
    // A lockfile made on another system may be refused; what it pins still holds.
    await run(npm(), ["ci", ...options], problem).catch(() =>
      run(npm(), ["install", ...options], problem),
    );
    writeFileSync(INSTALLED, lockfileHash());
  }
  if (isBuildNeeded()) {
    console.log("Building …");
    await run(
      process.execPath,
      [join(ROOT, "scripts/build.mjs")],
      "The build failed.",
    );
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  if (major < leastMajor || (major === leastMajor && minor < leastMinor))
    throw new Error(
      `Commonplace needs Node ${LEAST_NODE.join(".")} or newer; this is ${process.versions.node}.`,
    );
}

/**
 * Also told from what is in the lockfile: one that was only written again must not
 * empty `node_modules` under an app that runs.
 */
function isInstallNeeded() {
  const installed = modified(join(ROOT, "node_modules/.package-lock.json"));
  if (installed === 0) return true;
  if (installed >= modified(join(ROOT, "package-lock.json"))) return false;
  return (
    !existsSync(INSTALLED) || readFileSync(INSTALLED, "utf8") !== lockfileHash()
  );
}

function lockfileHash() {
  const lockfile = readFileSync(join(ROOT, "package-lock.json"));
  return createHash("sha256").update(lockfile).digest("hex");
}

function isBuildNeeded() {
  const built = modified(STAMP);
  return (
    built === 0 || SOURCES.some((source) => newest(join(ROOT, source)) > built)
  );
}

/** When a file was last changed, in milliseconds; 0 for none. @param {string} path */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The newest change below a path, tests aside. @param {string} path @returns {number} */
function newest(path) {
  if (!existsSync(path) || /\.test\.tsx?$/.test(path)) return 0;
  if (!statSync(path).isDirectory()) return modified(path);
  return Math.max(
    modified(path),
    ...readdirSync(path).map((name) => newest(join(path, name))),
  );
}

function npm() {
  return process.platform === "win32" ? "npm.cmd" : "npm";
}

/** @param {string} command @param {readonly string[]} args @param {string} problem */
function run(command, args, problem) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32",
    });
    child.on("error", () => {
      reject(new Error(problem));
    });
    child.on("close", (code) => {
      if (code === 0) resolve(undefined);
      else reject(new Error(problem));
    });
  });
}
