import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { HashWorkerData } from "./hash-messages.ts";

/**
 * Starts the thread that hashes. In the built app its entry is a file beside
 * the bundle this code is in. From sources (tests, development) there is none
 * and Node cannot run TypeScript, so the entry is bundled in memory; the
 * bundler is a development package and is not loaded otherwise.
 */
export async function startHashWorker(
  workerData: HashWorkerData,
): Promise<Worker> {
  const built = new URL("./hash-worker.js", import.meta.url);
  if (existsSync(built)) return new Worker(built, { workerData });
  return new Worker(await bundled(), { workerData, eval: true });
}

let source: Promise<string> | null = null;

function bundled(): Promise<string> {
  source ??= bundle();
  return source;
}

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL("./hash-worker.ts", import.meta.url));
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    packages: "external",
    // Code given as text has no place of its own to look for packages from.
    banner: {
      js: `require = require("node:module").createRequire(${JSON.stringify(entry)});`,
    },
  });
  return outputFiles.map((file) => file.text).join("\n");
}
