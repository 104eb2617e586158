import { parentPort } from "node:worker_threads";
import { createFileHash } from "./hash-file.ts";
import {
  readOrder,
  writeResult,
  type PlaceAnswer,
  type PlaceOrder,
} from "./place-messages.ts";
import { placeFiles } from "./place.ts";

/* Entry of the thread that places files: it takes orders and answers each once. */

const port = parentPort;
if (port === null) throw new Error("this file is the entry of a worker thread");

const hashFile = createFileHash();

port.on("message", (order: PlaceOrder) => {
  // What this throws ends the thread, and its owner is told.
  void answer(order);
});

async function answer(order: PlaceOrder): Promise<void> {
  const arrivals = readOrder(order);
  const placed = await placeFiles(order.destination, arrivals, hashFile);
  const results = placed.map((result, index) => {
    const arrival = arrivals[index];
    if (arrival === undefined) throw new Error("more results than arrivals");
    return writeResult(result, arrival);
  });
  const message: PlaceAnswer = { id: order.id, results };
  port?.postMessage(message);
}
