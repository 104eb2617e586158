import { workerData } from "node:worker_threads";
import { answerTogether } from "#core/base/thread-entry.ts";
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

answerTogether<readonly SentWrite[], WriteAnswer>((calls) => {
  if (calls.length > 1 && isWritten(() => calls.forEach(write)))
    return calls.map(() => null);
  return calls.map(answer);
});

/** The disk is waited for once; when that comes to nothing, each call is tried by itself. */
function isWritten(work: () => void): boolean {
  try {
    db.transaction(work);
    return true;
  } catch {
    return false;
  }
}

function answer(call: readonly SentWrite[]): WriteAnswer {
  try {
    write(call);
    return null;
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

function write(call: readonly SentWrite[]): void {
  db.writeAll(call.map(receiveWrite));
}
