import { parentPort } from "node:worker_threads";
import type { Numbered } from "./thread.ts";

interface Given<Answer> {
  readonly answer: Answer;
  /** Memory that is the other side's from then on. */
  readonly handOver: readonly ArrayBuffer[];
}

/** Makes this thread answer orders; what `work` throws ends it, and its owner is told. */
export function answerOrders<Order, Answer>(
  work: (order: Order) => Given<Answer> | Promise<Given<Answer>>,
): void {
  const port = parentPort;
  if (port === null)
    throw new Error("this file is the entry of a worker thread");
  port.on("message", ({ id, message }: Numbered<Order>) => {
    answer(id, message).catch((error: unknown) => {
      // Out of the promise, so that it ends the thread.
      queueMicrotask(() => {
        throw error;
      });
    });
  });
  async function answer(id: number, message: Order): Promise<void> {
    const given = await work(message);
    const reply: Numbered<Answer> = { id, message: given.answer };
    port?.postMessage(reply, given.handOver);
  }
}
