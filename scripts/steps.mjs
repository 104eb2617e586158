// Runs steps one after another, each timed, and closes with a summary.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * What a step came to. Tests are counted; a check without tests counts nothing
 * when it passes and one failure when it does not.
 * @typedef {{ name: string, ok: boolean, seconds: number, passed: number, failed: number, note: string }} Result
 */

/**
 * Runs a command; its output is shown when it fails, or as it comes when `show`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Readonly<Record<string, string>>, show?: boolean }} [options]
 * @returns {Promise<boolean>} whether it ended well
 */
export function runCommand(command, args, options = {}) {
  const { env = {}, show = false } = options;
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    const said = [];
    const child = spawn(command, [...args], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: "1", ...env },
      stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
      shell: process.platform === "win32",
    });
    child.stdout?.on("data", (part) => said.push(part));
    child.stderr?.on("data", (part) => said.push(part));
    child.on("error", (error) => {
      console.log(error.message);
      resolve(false);
    });
    child.on("close", (code) => {
      if (code !== 0) process.stdout.write(Buffer.concat(said));
      resolve(code === 0);
    });
  });
}

/** A tool of this project's own node_modules. @param {string} name */
export function tool(name) {
  return join(ROOT, "node_modules", ".bin", name);
}

/** Collects the results of steps. */
export function createSteps() {
  /** @type {Result[]} */
  const results = [];

  /**
   * @param {string} name
   * @param {() => Promise<boolean | { ok: boolean, passed?: number, failed?: number, note?: string }>} work
   */
  async function step(name, work) {
    const start = performance.now();
    console.log(`\n== ${name}`);
    /** @type {{ ok: boolean, passed?: number, failed?: number, note?: string }} */
    let outcome;
    try {
      const answer = await work();
      outcome = typeof answer === "boolean" ? { ok: answer } : answer;
    } catch (error) {
      console.log(error instanceof Error ? error.message : String(error));
      outcome = { ok: false };
    }
    const { ok, passed = 0, failed = 0, note = "" } = outcome;
    const seconds = (performance.now() - start) / 1000;
    console.log(`   ${ok ? "passed" : "FAILED"} in ${seconds.toFixed(1)} s`);
    results.push({ name, ok, seconds, passed, failed, note });
    return ok;
  }

  /** Prints the summary, last the counts alone on a line; sets the exit code. */
  function finish() {
    let passed = 0;
    let failed = 0;
    console.log("\nSummary");
    for (const result of results) {
      passed += result.passed;
      failed += result.ok ? 0 : Math.max(1, result.failed);
      const counts =
        result.passed + result.failed > 0
          ? `${result.passed} passed, ${result.failed} failed`
          : "";
      const words = [counts, result.note].filter((word) => word !== "");
      console.log(
        `  ${result.ok ? "passed" : "FAILED"}  ${result.seconds.toFixed(1).padStart(6)} s  ${result.name}${words.length > 0 ? ` (${words.join("; ")})` : ""}`,
      );
    }
    const total = results.reduce((sum, result) => sum + result.seconds, 0);
    console.log(`  ${total.toFixed(0)} s in all`);
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  }

  return { step, finish };
}

/**
 * Runs vitest and counts its tests.
 * @param {readonly string[]} args
 */
export async function runVitest(args) {
  return countedRun("vitest.json", async (path) => {
    const ok = await runCommand(
      tool("vitest"),
      [
        "run",
        ...args,
        "--reporter=dot",
        "--reporter=json",
        `--outputFile.json=${path}`,
      ],
      { show: true },
    );
    return { ok, read: vitestCounts };
  });
}

/**
 * Runs one Playwright project and counts its tests.
 * @param {string} project
 * @param {readonly string[]} prefix a command that the run is put behind, `xvfb-run` say
 * @param {Readonly<Record<string, string>>} env
 */
export async function runPlaywright(project, prefix, env) {
  return countedRun("playwright.json", async (path) => {
    const line = [...prefix, tool("playwright")];
    const args = [
      ...line.slice(1),
      "test",
      "--config",
      "e2e/playwright.config.ts",
      "--project",
      project,
    ];
    const ok = await runCommand(line[0] ?? "", args, {
      show: true,
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: path },
    });
    return { ok, read: playwrightCounts };
  });
}

/**
 * @param {string} name
 * @param {(path: string) => Promise<{ ok: boolean, read: (report: any) => { passed: number, failed: number, note: string } }>} work
 */
async function countedRun(name, work) {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  try {
    const path = join(folder, name);
    const { ok, read } = await work(path);
    try {
      const counts = read(JSON.parse(readFileSync(path, "utf8")));
      const none = counts.passed + counts.failed === 0;
      return {
        ...counts,
        ok: ok && !none,
        note: none ? "no test ran" : counts.note,
      };
    } catch {
      return { ok: false, passed: 0, failed: 1, note: "no report was written" };
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {any} report */
function vitestCounts(report) {
  return {
    passed: Number(report.numPassedTests),
    failed: Number(report.numFailedTests),
    note: "",
  };
}

/** @param {any} report */
function playwrightCounts(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    passed: Number(expected),
    failed: Number(unexpected) + Number(flaky),
    note: skipped > 0 ? `${skipped} skipped` : "",
  };
}
