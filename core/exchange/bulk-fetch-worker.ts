import { parentPort } from "node:worker_threads";
import { systemClock } from "#core/base/clock.ts";
import { systemRandom } from "#core/base/random.ts";
import { FetchEnd } from "./bulk-fetch-end.ts";
import { BulkLinks } from "./bulk-links.ts";
import type { FetchNews, FetchOrder } from "./bulk-messages.ts";

/* Entry of the thread that fetches on bulk lanes. */

const port = parentPort;
if (port === null) throw new Error("this file is the entry of a worker thread");

function post(news: FetchNews): void {
  if (news.kind !== "pack") port?.postMessage(news);
  else port?.postMessage(news, [news.result.bytes.buffer]);
}

const links = new BulkLinks(post, (tools) => new FetchEnd(tools, post), {
  clock: systemClock,
  random: systemRandom,
});

port.on("message", (order: FetchOrder) => {
  const end = links.find(order.lane);
  switch (order.kind) {
    case "file":
      end?.file(order.file, order.growing);
      break;
    case "release":
      end?.release(order.file);
      break;
    case "ask":
      end?.ask(order.bytes, order.chunks);
      break;
    case "pack":
      end?.pack(order.bytes, order.wish);
      break;
    case "cancel":
      end?.cancel(order.bytes);
      break;
    default:
      links.take(order);
  }
});
