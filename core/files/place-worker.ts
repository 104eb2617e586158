import { systemClock } from "#core/base/clock.ts";
import { createFileHash } from "./hash-file.ts";
import {
  readOrder,
  writeResults,
  type PlaceAnswer,
  type PlaceOrder,
} from "./place-messages.ts";
import { placeFiles } from "./place.ts";
import { DiskSync } from "./place-sync.ts";
import { answerOrders } from "#core/base/thread-entry.ts";

/* Entry of the thread that puts received files at their names. */

const tools = {
  hashFile: createFileHash(),
  clock: systemClock,
  disk: new DiskSync(systemClock),
};

answerOrders<PlaceOrder, PlaceAnswer>(async (order) => {
  const arrivals = readOrder(order);
  const placed = await placeFiles(order.destination, arrivals, tools);
  return { answer: writeResults(arrivals, placed), handOver: [] };
});
