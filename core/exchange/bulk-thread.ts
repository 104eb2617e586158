import type { Worker } from "node:worker_threads";
import type { Logger } from "#core/base/logger.ts";
import type { LinkNews } from "./bulk-messages.ts";
import { startWorker, type WorkerName } from "#core/base/worker-start.ts";

/** One lane, as the main thread sees its thread. */
export interface ThreadLane<Order> {
  /** Its number, in orders. */
  readonly lane: number;
  /** Memory in `handOver` is gone from here afterwards. */
  order(order: Order, handOver?: readonly ArrayBuffer[]): void;
}

/**
 * A thread for all lanes of one direction. It starts with the first lane and
 * ends with the last. When it breaks, its lanes are down, and the next lane
 * starts another.
 */
export class BulkThread<Order, News extends LinkNews | { lane: number }> {
  readonly #name: WorkerName;
  readonly #logger: Logger;
  readonly #lanes = new Map<number, (news: News | LinkNews) => void>();
  #worker: Worker | null = null;
  #next = 0;

  constructor(name: WorkerName, logger: Logger) {
    this.#name = name;
    this.#logger = logger;
  }

  /** A new lane; `hear` is called with all news of it, the last of which is `down`. */
  open(hear: (news: News | LinkNews) => void): ThreadLane<Order> {
    const lane = this.#next++;
    const worker = (this.#worker ??= this.#start());
    this.#lanes.set(lane, hear);
    return {
      lane,
      order: (order, handOver = []) => {
        if (this.#lanes.has(lane)) worker.postMessage(order, handOver);
      },
    };
  }

  /** Ends the thread and all lanes; the next lane starts another. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    this.#lose(worker);
    await worker.terminate();
  }

  #start(): Worker {
    const worker = startWorker(this.#name);
    // Lanes hang on lines, and those hold the process up as long as they stand.
    worker.unref();
    worker.on("message", (news: News | LinkNews) => {
      this.#lanes.get(news.lane)?.(news);
      if ("kind" in news && news.kind === "down") this.#forget(news.lane);
    });
    worker.on("error", (error) => {
      this.#logger.bug(error, this.#name);
      this.#lose(worker);
    });
    worker.on("exit", () => {
      this.#lose(worker);
    });
    return worker;
  }

  #forget(lane: number): void {
    this.#lanes.delete(lane);
    if (this.#lanes.size > 0 || this.#worker === null) return;
    const worker = this.#worker;
    this.#worker = null;
    this.#logger.background(this.#name, worker.terminate());
  }

  #lose(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const lanes = [...this.#lanes];
    this.#lanes.clear();
    for (const [lane, hear] of lanes)
      hear({ kind: "down", lane, why: "closed" });
  }
}
