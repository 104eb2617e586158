import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { HashWorkerData } from "./hash-messages.ts";

/**
 * Starts the thread that hashes. In the built app its entry is a file beside
 * the bundle this code is in. From sources (tests, development) there is none,
 * and Node 20 cannot run TypeScript, so a file for tests runs it.
 */
export function startHashWorker(workerData: HashWorkerData): Worker {
  const built = new URL("./hash-worker.js", import.meta.url);
  if (existsSync(built)) return new Worker(built, { workerData });
  const source = new URL("./hash-worker.ts", import.meta.url);
  const runner = new URL("../testing/run-source.mjs", import.meta.url);
  return new Worker(runner, { workerData, argv: [fileURLToPath(source)] });
}
