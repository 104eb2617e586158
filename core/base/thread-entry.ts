import { parentPort, receiveMessageOnPort } from "node:worker_threads";
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

/**
 * Makes this thread answer all orders that wait at one time together: for what
 * costs nearly the same for many as for one. `work` gives an answer for each.
 */
export function answerTogether<Order, Answer>(
  work: (orders: readonly Order[]) => readonly Answer[],
): void {
  const port = parentPort;
  if (port === null)
    throw new Error("this file is the entry of a worker thread");
  port.on("message", (first: Numbered<Order>) => {
    const orders = [first];
    for (;;) {
      const next: { message: Numbered<Order> } | undefined =
        receiveMessageOnPort(port);
      if (next === undefined) break;
      orders.push(next.message);
    }
    const answers = work(orders.map(({ message }) => message));
    for (const [at, { id }] of orders.entries())
      port.postMessage({ id, message: answers[at] });
  });
}
