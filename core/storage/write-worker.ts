import { workerData } from "node:worker_threads";
import { answerOrders } from "#core/base/thread-entry.ts";
import { Database } from "./database.ts";
import {
  receiveWrite,
  type SentWrite,
  type WriteAnswer,
} from "./write-messages.ts";

/* Entry of the thread that waits for the disk in place of the one everything else runs in. */

const db = new Database(String(workerData), {
  durable: true,
  migrations: null,
});

answerOrders<readonly SentWrite[], WriteAnswer>((writes) => {
  try {
    db.writeAll(writes.map(receiveWrite));
    return { answer: null, handOver: [] };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const answer = cause instanceof Error ? cause.message : String(cause);
    return { answer, handOver: [] };
  }
});
