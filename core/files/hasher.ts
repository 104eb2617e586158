import { availableParallelism } from "node:os";
import { basename } from "node:path";
import type { Worker } from "node:worker_threads";
import { CoreError } from "#core/contract/errors.ts";
import type { FileRoot } from "#core/contract/ids.ts";
import { CHUNK_MIN_BYTES } from "#core/contract/limits.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Resource } from "#core/base/resource.ts";
import { FILE_BYTES } from "./chunks.ts";
import {
  ORDER_FILES,
  type HashAnswer,
  type HashOrder,
  type HashResult,
  type HashWorkerData,
} from "./hash-messages.ts";
import { createAborts } from "./hasher-aborts.ts";
import { startWorker } from "#core/base/worker-start.ts";

/** A file's size, time, list and root at one moment (FI1, FI2). */
export interface HashedFile {
  /** Bytes. */
  readonly size: number;
  /** Of the file, the same before and after it was read. */
  readonly mtimeMs: number;
  readonly chunkSize: number;
  /** The chunks' 32-byte hashes, one after another. */
  readonly list: Buffer;
  readonly root: FileRoot;
  /** The first bytes, for `mediaType`. */
  readonly head: Uint8Array;
}

export interface HashOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of this file done so far, now and then; fewer again when it is read again. */
  readonly onBytes?: ((done: number) => void) | undefined;
  /** The size as far as it is known; only used to deal out the work evenly. */
  readonly size?: number | undefined;
}

/** Bytes in one order beside its first file, as far as sizes are known. */
const ORDER_BYTES = 4 * 1024 * 1024;

/** Threads that had nothing to read for so long end: each holds some 15 MB. */
const IDLE_MS = 3_000;

interface Task {
  readonly path: string;
  readonly size: number;
  readonly onBytes: (done: number) => void;
  readonly resolve: (file: HashedFile) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  worker: Worker | null;
  /** Shared with the worker: not 0 at the place of a file that was given up. */
  readonly stops: Int32Array<SharedArrayBuffer>;
  /** The order under way, by place; empty when there is none. */
  order: readonly Task[];
}

/**
 * Threads that read and hash files; they start with the first file. Ask for
 * many files at once: small ones travel to a thread together.
 */
export class Hasher implements Resource {
  readonly #threads: readonly Thread[];
  readonly #waiting = new Set<Task>();
  readonly #onAbort = createAborts();
  readonly #clock: Pick<Clock, "after"> | null;
  #stopResting: () => void = () => undefined;
  #isOrdering = false;
  #isClosed = false;

  /** Without a clock, threads stay once they have started. */
  constructor(
    threads: number = Math.min(2, availableParallelism()),
    clock: Pick<Clock, "after"> | null = null,
  ) {
    this.#clock = clock;
    this.#threads = Array.from({ length: threads }, () => ({
      worker: null,
      stops: new Int32Array(
        new SharedArrayBuffer(ORDER_FILES * Int32Array.BYTES_PER_ELEMENT),
      ),
      order: [],
    }));
  }

  /**
   * Reads one file whole and hashes it; rejects with the signal's reason when
   * that fires.
   * @throws `file-unreadable` (also for what is no regular file, and for a file
   * that changed during each of three readings), `file-large`, `cancelled`
   * after `close`
   */
  hashFile(path: string, options: HashOptions = {}): Promise<HashedFile> {
    const { signal, onBytes } = options;
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#isClosed) throw new CoreError("cancelled", {});
      const takeBack =
        signal &&
        this.#onAbort(signal, () => {
          this.#giveUp(task);
          reject(toError(signal.reason));
        });
      const task: Task = {
        path,
        size: options.size ?? CHUNK_MIN_BYTES,
        onBytes: (done) => {
          if (signal?.aborted !== true) onBytes?.(done);
        },
        resolve: (file) => {
          takeBack?.();
          resolve(file);
        },
        reject: (error) => {
          takeBack?.();
          reject(error);
        },
      };
      this.#waiting.add(task);
      this.#orderSoon();
    });
  }

  /** Ends the threads; files under way and waiting reject with `cancelled`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopResting();
    const tasks = [
      ...this.#waiting,
      ...this.#threads.flatMap((thread) => thread.order),
    ];
    this.#waiting.clear();
    for (const task of tasks) task.reject(new CoreError("cancelled", {}));
    for (const thread of this.#threads) thread.order = [];
    await this.#endThreads();
  }

  async #endThreads(): Promise<void> {
    const ends = this.#threads.map(async (thread) => {
      const { worker } = thread;
      thread.worker = null;
      await worker?.terminate();
    });
    await Promise.all(ends);
  }

  #giveUp(task: Task): void {
    this.#waiting.delete(task);
    for (const thread of this.#threads) {
      const place = thread.order.indexOf(task);
      if (place >= 0) Atomics.store(thread.stops, place, 1);
    }
  }

  /** At the end of this turn: files asked for together make one order, also from a loop that awaits. */
  #orderSoon(): void {
    if (this.#isOrdering) return;
    this.#isOrdering = true;
    setImmediate(() => {
      this.#isOrdering = false;
      this.#giveOrders();
    });
  }

  #giveOrders(): void {
    for (const thread of this.#threads) {
      if (this.#isClosed || thread.order.length > 0) continue;
      const order = this.#nextOrder();
      if (order.length === 0) return;
      thread.order = order;
      thread.stops.fill(0);
      thread.worker ??= this.#start(thread);
      const message: HashOrder = { paths: order.map((task) => task.path) };
      thread.worker.postMessage(message);
    }
  }

  #nextOrder(): readonly Task[] {
    const order: Task[] = [];
    let bytes = 0;
    for (const task of this.#waiting) {
      bytes += task.size;
      if (order.length > 0 && bytes > ORDER_BYTES) break;
      this.#waiting.delete(task);
      order.push(task);
      if (order.length === ORDER_FILES) break;
    }
    return order;
  }

  #start(thread: Thread): Worker {
    const data: HashWorkerData = { stops: thread.stops.buffer };
    const worker = startWorker("hash-worker", data);
    worker.on("message", (answer: HashAnswer) => {
      this.#take(thread, answer);
    });
    worker.on("error", (error) => {
      this.#lose(thread, worker, toError(error));
    });
    worker.on("exit", () => {
      const error = new Error("a thread that hashes files ended");
      this.#lose(thread, worker, error);
    });
    return worker;
  }

  #take(thread: Thread, answer: HashAnswer): void {
    if (answer.kind === "progress") {
      thread.order[answer.place]?.onBytes(answer.done);
      return;
    }
    for (const result of answer.results) {
      const task = thread.order[result.place];
      if (task !== undefined) settle(task, result);
    }
    if (!answer.isLast) return;
    thread.order = [];
    this.#giveOrders();
    this.#restSoon();
  }

  /** The next files start threads again. */
  #restSoon(): void {
    const isIdle = (): boolean =>
      this.#threads.every(({ order }) => order.length === 0);
    if (this.#clock === null || !isIdle()) return;
    this.#stopResting();
    this.#stopResting = this.#clock.after(IDLE_MS, () => {
      if (!isIdle()) return;
      // What ends so has nothing to answer any more.
      this.#endThreads().catch(() => undefined);
    });
  }

  /** A thread that broke fails the files it had; the next order starts another. */
  #lose(thread: Thread, worker: Worker, error: Error): void {
    if (thread.worker !== worker) return;
    const order = thread.order;
    thread.worker = null;
    thread.order = [];
    for (const task of order) task.reject(error);
    this.#giveOrders();
  }
}

function settle(task: Task, result: HashResult): void {
  if (result.kind === "hash") {
    const { list, ...file } = result.hash;
    task.onBytes(file.size);
    task.resolve({ ...file, list: Buffer.from(list.buffer) });
    return;
  }
  const name = basename(task.path);
  const cause = new Error(result.cause);
  switch (result.code) {
    case "file-unreadable":
      task.reject(new CoreError("file-unreadable", { name }, cause));
      return;
    case "file-large":
      task.reject(
        new CoreError("file-large", { name, limitBytes: FILE_BYTES }),
      );
      return;
    case "cancelled":
      task.reject(new CoreError("cancelled", {}));
      return;
    case "internal":
      task.reject(cause);
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
