import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

/** Every thread of the app, and the folder its entry is in. */
export const WORKER_FOLDERS = {
  "bulk-fetch-worker": "exchange",
  "bulk-serve-worker": "exchange",
  "hash-worker": "files",
  "place-worker": "files",
  "read-worker": "files",
  "stat-worker": "files",
  "write-worker": "storage",
} as const;

export type WorkerName = keyof typeof WORKER_FOLDERS;

/**
 * Room for young objects, in megabytes. The app begins with a large one, for the
 * chunks that pass through its own thread; a thread that has few objects would
 * only hold it: some 20 MB each. Those that carry chunks have more of it: their
 * memory lies outside the heap, and the objects that hold it are few.
 */
const YOUNG_MB = 4;
const CHUNKS_YOUNG_MB = 12;
const CARRIES_CHUNKS: ReadonlySet<WorkerName> = new Set([
  "bulk-fetch-worker",
  "bulk-serve-worker",
]);

/**
 * Starts a thread. In the built app its entry is a file beside the bundle this
 * code is in. From sources (tests, development) there is none, and Node 20
 * cannot run TypeScript, so a file for tests runs it.
 */
export function startWorker(name: WorkerName, workerData?: unknown): Worker {
  const built = new URL(`./${name}.js`, import.meta.url);
  const resourceLimits = {
    maxYoungGenerationSizeMb: CARRIES_CHUNKS.has(name)
      ? CHUNKS_YOUNG_MB
      : YOUNG_MB,
  };
  if (existsSync(built))
    return new Worker(built, { workerData, resourceLimits });
  const source = new URL(
    `../${WORKER_FOLDERS[name]}/${name}.ts`,
    import.meta.url,
  );
  const runner = new URL("../testing/run-source.mjs", import.meta.url);
  return new Worker(runner, {
    workerData,
    resourceLimits,
    argv: [fileURLToPath(source)],
  });
}
