// `npm test`: everything, on a bare clone with Node and npm only.
//   --electron   also runs the end-to-end specs in the Electron at ELECTRON_BIN
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, createSteps, runCommand, tool } from "./steps.mjs";

const NODE = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < NODE[0] || (major === NODE[0] && minor < NODE[1])) {
  console.log(
    `This needs Node ${NODE.join(".")} or newer; here is ${process.versions.node}.`,
  );
  process.exit(1);
}

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const steps = createSteps();
const { step } = steps;

const installed = await step("packages", async () => {
  if (isInstalled()) return { ok: true, note: "already here" };
  return runCommand(npm, ["ci", "--no-audit", "--no-fund"]);
});
if (installed) {
  const { runPlaywright, runVitest } = await import("./steps.mjs");
  const { runChecks } = await import("./checks.mjs");
  const { getChromium } = await import("./chromium.mjs");

  const built = await step("build", () =>
    runCommand(npm, ["run", "--silent", "build"]),
  );
  let chromium = "";
  await step("a Chromium", async () => {
    chromium = await getChromium();
    return { ok: true, note: chromium };
  });
  await runChecks(steps);
  await step("unused code", () => runCommand(tool("knip"), ["--no-progress"]));
  await step("tests", () => runVitest([]));
  if (existsSync(join(ROOT, "scripts/check-package.mjs"))) {
    await step("package", () =>
      runCommand(process.execPath, ["scripts/check-package.mjs"]),
    );
  }
  await step("two apps, browser", async () => {
    if (!built || chromium === "")
      return { ok: false, note: "not run: no build or no Chromium" };
    return runPlaywright("browser", [], { CHROMIUM_PATH: chromium });
  });
  if (process.argv.includes("--electron")) {
    await step("two apps, Electron", async () => {
      const electron = process.env["ELECTRON_BIN"] ?? "";
      if (!built || !existsSync(electron))
        return { ok: false, note: "not run: no build, or no ELECTRON_BIN" };
      return runPlaywright("electron", display(), {
        ELECTRON_BIN: electron,
        CHROMIUM_PATH: chromium,
      });
    });
  }
}
steps.finish();

/** Whether node_modules is what package-lock.json asks for. */
function isInstalled() {
  const mark = join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(mark)) return false;
  const here = packagesOf(mark);
  return Object.entries(packagesOf(join(ROOT, "package-lock.json"))).every(
    ([path, wanted]) =>
      path === "" ||
      here[path]?.version === wanted.version ||
      (here[path] === undefined && (wanted.optional || wanted.devOptional)),
  );
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version: string, optional?: boolean, devOptional?: boolean }>}
 */
function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, "utf8")).packages;
}

/** What puts a window somewhere where there is no desktop. */
function display() {
  const needsOne =
    process.platform === "linux" &&
    (process.env["DISPLAY"] ?? "") === "" &&
    (process.env["WAYLAND_DISPLAY"] ?? "") === "";
  return needsOne
    ? ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1400x1000x24"]
    : [];
}
