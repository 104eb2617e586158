import type { ReadAnswer, ReadOrder } from "./read-messages.ts";
import { readWhole } from "./read-whole.ts";
import { answerOrders } from "#core/base/thread-entry.ts";

/* Entry of the thread that reads and checks small files for serving and showing. */

answerOrders<ReadOrder, ReadAnswer>((files) => {
  let size = 0;
  for (const file of files) size += file.size;
  const bytes = new Uint8Array(size);
  let at = 0;
  const lacks = files.map((file) => {
    const room = bytes.subarray(at, at + file.size);
    at += file.size;
    return readWhole(file, room);
  });
  return { answer: { bytes, lacks }, handOver: [bytes.buffer] };
});
