import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Browser } from "@playwright/test";
import type { AppOptions, Host } from "./host.ts";
import { watchPage } from "./watch-page.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const QUIT_MS = 15_000;
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/\S*/;

/** The core served on loopback, seen through a fresh browser context. */
export function createBrowserHost(browser: Browser): Host {
  return {
    name: "browser",
    async start(options) {
      const core = startCore(options);
      try {
        const address = await readAddress(core);
        const context = await browser.newContext({
          viewport: { width: 1280, height: 860 },
          acceptDownloads: true,
        });
        await context.grantPermissions(["clipboard-read", "clipboard-write"]);
        const page = await context.newPage();
        watchPage(page, options.onProblem);
        await page.goto(address);
        return {
          page,
          answerDialog: () => Promise.resolve(false),
          async kill() {
            await end(core, "SIGKILL");
            await context.close();
          },
          async close() {
            await context.close();
            const isGone = await end(core, "SIGTERM");
            if (!isGone) options.onProblem("the core did not end in time");
          },
        };
      } catch (error) {
        await end(core, "SIGKILL");
        throw error;
      }
    },
  };
}

function startCore(options: AppOptions): ChildProcess {
  return spawn(
    process.execPath,
    [
      "dist/core/main.js",
      "--host",
      "--data",
      options.dataFolder,
      "--bootstrap",
      options.bootstrap.join(","),
      "--loopback",
      "--no-open",
    ],
    { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] },
  );
}

/** The address the host prints; rejects with all it said when it ends without one. */
async function readAddress(core: ChildProcess): Promise<string> {
  if (core.stdout === null || core.stderr === null)
    throw new Error("the core has no output");
  const said: string[] = [];
  core.stderr.setEncoding("utf8");
  core.stderr.on("data", (part: string) => said.push(part));
  for await (const line of createInterface({ input: core.stdout })) {
    const found = ADDRESS.exec(line);
    if (found !== null) {
      core.stdout.resume();
      return found[0];
    }
    said.push(line);
  }
  throw new Error(`the core ended without an address:\n${said.join("\n")}`);
}

/** Ends the core; when it does not follow in time, with force, and answers false. */
async function end(
  core: ChildProcess,
  signal: NodeJS.Signals,
): Promise<boolean> {
  if (core.exitCode !== null || core.signalCode !== null) return true;
  const exited = once(core, "exit").then(() => true);
  const late = once(AbortSignal.timeout(QUIT_MS), "abort").then(() => false);
  core.kill(signal);
  const isGone = await Promise.race([exited, late]);
  if (!isGone) {
    core.kill("SIGKILL");
    await exited;
  }
  return isGone;
}
