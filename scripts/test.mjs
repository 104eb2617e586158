// `npm test`: everything, on a bare clone with Node and npm only.
//   --electron   also runs the end-to-end specs in the Electron at ELECTRON_BIN
import { existsSync } from "node:fs";
import { join } from "node:path";
import { prepare } from "./prepare.mjs";
import { ROOT, createSteps, runCommand, tool } from "./steps.mjs";

const steps = createSteps();
const { step } = steps;

const isBuilt = await step("packages and build", async () => {
  await prepare();
  return true;
});
if (isBuilt || existsSync(join(ROOT, "node_modules/.package-lock.json"))) {
  const { runPlaywright, runVitest } = await import("./steps.mjs");
  const { runChecks } = await import("./checks.mjs");
  const { getChromium } = await import("./chromium.mjs");

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
    if (!isBuilt || chromium === "")
      return { ok: false, note: "not run: no build or no Chromium" };
    return runPlaywright("browser", [], { CHROMIUM_PATH: chromium });
  });
  if (process.argv.includes("--electron")) {
    await step("two apps, Electron", async () => {
      const electron = process.env["ELECTRON_BIN"] ?? "";
      if (!isBuilt || !existsSync(electron))
        return { ok: false, note: "not run: no build, or no ELECTRON_BIN" };
      return runPlaywright("electron", display(), {
        ELECTRON_BIN: electron,
        CHROMIUM_PATH: chromium,
      });
    });
  }
}
steps.finish();

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
