import type { Worker } from "node:worker_threads";
import type { Resource } from "#core/base/resource.ts";
import { readResult, writeOrder, type PlaceAnswer } from "./place-messages.ts";
import type { Destination } from "./place-folder.ts";
import type { Arrival, PlaceResult } from "./place.ts";
import { startWorker } from "./worker-start.ts";

interface Waiting {
  readonly resolve: (results: readonly PlaceResult[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A thread that puts received files at their names, with synchronous calls:
 * thousands of small files cost as many calls to the disk each. Starts with the
 * first file.
 */
export class Placer implements Resource {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #nextId = 0;

  /** Puts files at their names; see `placeFiles`. */
  place(
    destination: Destination,
    arrivals: readonly Arrival[],
  ): Promise<readonly PlaceResult[]> {
    if (arrivals.length === 0) return Promise.resolve([]);
    const order = writeOrder(this.#nextId++, destination, arrivals);
    return new Promise((resolve, reject) => {
      this.#waiting.set(order.id, { resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.postMessage(order, [order.bytes.buffer]);
    });
  }

  /** Ends the thread; to be called when nothing is being placed. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
    this.#rejectAll(new Error("closed while files were placed"));
  }

  #start(): Worker {
    const worker = startWorker("place-worker");
    worker.on("message", ({ id, results }: PlaceAnswer) => {
      this.#waiting.get(id)?.resolve(results.map(readResult));
      this.#waiting.delete(id);
    });
    worker.on("error", (error) => {
      this.#lose(
        worker,
        error instanceof Error ? error : new Error(String(error)),
      );
    });
    worker.on("exit", () => {
      this.#lose(worker, new Error("the thread that places files ended"));
    });
    return worker;
  }

  /** A thread that broke fails what it had; the next order starts another. */
  #lose(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#rejectAll(error);
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
