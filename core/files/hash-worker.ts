import { parentPort, workerData } from "node:worker_threads";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import { createFileHash } from "./hash-file.ts";
import {
  isHashWorkerData,
  type HashAnswer,
  type HashFailure,
  type HashOrder,
  type HashResult,
} from "./hash-messages.ts";

/*
 * Entry of the thread that hashes files. It takes one order at a time and
 * blocks while it works; that files of it were given up is told through shared
 * memory, one number for each place in the order.
 */

/** Results are sent in groups, so that small files do not cost a message each. */
const GROUP_FILES = 16;
const GROUP_BYTES = 4 * 1024 * 1024;
/** Progress is told in steps of this many bytes. */
const STEP_BYTES = 16 * 1024 * 1024;

const FAILURES = ["file-unreadable", "file-large", "cancelled"] as const;

const port = parentPort;
if (port === null || !isHashWorkerData(workerData))
  throw new Error("this file is the entry of a worker thread");

const stops = new Int32Array(workerData.stops);
const hashFile = createFileHash();

port.on("message", (order: HashOrder) => {
  let results: HashResult[] = [];
  let bytes = 0;
  for (const [place, path] of order.paths.entries()) {
    const result = hash(place, path);
    results.push(result);
    bytes += result.kind === "hash" ? result.hash.size : 0;
    if (results.length < GROUP_FILES && bytes < GROUP_BYTES) continue;
    send({ kind: "results", results, isLast: false });
    results = [];
    bytes = 0;
  }
  send({ kind: "results", results, isLast: true });
});

function hash(place: number, path: string): HashResult {
  let told = 0;
  try {
    if (isStopped()) throw new CoreError("cancelled", {});
    return {
      kind: "hash",
      place,
      hash: hashFile(path, {
        isStopped,
        onBytes(done) {
          if (done < told) told = 0;
          if (done - told < STEP_BYTES) return;
          told = done;
          send({ kind: "progress", place, done });
        },
      }),
    };
  } catch (error) {
    return {
      kind: "failed",
      place,
      code: failure(error),
      cause: reason(error),
    };
  }

  function isStopped(): boolean {
    return Atomics.load(stops, place) !== 0;
  }
}

function failure(error: unknown): HashFailure {
  for (const code of FAILURES) if (isCoreError(error, code)) return code;
  return "internal";
}

function reason(error: unknown): string {
  const cause = isCoreError(error) ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

function send(answer: HashAnswer): void {
  port?.postMessage(answer);
}
