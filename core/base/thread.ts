import type { Worker } from "node:worker_threads";
import type { Resource } from "./resource.ts";
import { startWorker, type WorkerName } from "./worker-start.ts";

/** What goes to the other side of a thread, and what comes back. */
export interface Numbered<T> {
  readonly id: number;
  readonly message: T;
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** A thread that answers each order once; it starts with the first. The other side is `answerOrders`. */
export class Thread<Order, Answer> implements Resource {
  readonly #name: WorkerName;
  readonly #data: unknown;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #worker: Worker | null = null;
  #nextId = 0;

  constructor(name: WorkerName, data?: unknown) {
    this.#name = name;
    this.#data = data;
  }

  /** Memory in `handOver` is gone from here afterwards. Rejects when the thread breaks or is closed. */
  ask(message: Order, handOver: readonly ArrayBuffer[] = []): Promise<Answer> {
    const order: Numbered<Order> = { id: this.#nextId++, message };
    return new Promise((resolve, reject) => {
      this.#waiting.set(order.id, { resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.postMessage(order, handOver);
    });
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
    this.#rejectAll(new Error(`the ${this.#name} was closed`));
  }

  #start(): Worker {
    const worker = startWorker(this.#name, this.#data);
    worker.on("message", ({ id, message }: Numbered<Answer>) => {
      this.#waiting.get(id)?.resolve(message);
      this.#waiting.delete(id);
    });
    worker.on("error", (error) => {
      this.#lose(
        worker,
        error instanceof Error ? error : new Error(String(error)),
      );
    });
    worker.on("exit", () => {
      this.#lose(worker, new Error(`the ${this.#name} ended`));
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
