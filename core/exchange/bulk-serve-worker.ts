import { parentPort } from "node:worker_threads";
import { systemClock } from "#core/base/clock.ts";
import { systemRandom } from "#core/base/random.ts";
import { BulkLinks } from "./bulk-links.ts";
import type { ServeNews, ServeOrder } from "./bulk-messages.ts";
import { ServeEnd } from "./bulk-serve-end.ts";

/* Entry of the thread that serves on bulk lanes. */

const port = parentPort;
if (port === null) throw new Error("this file is the entry of a worker thread");

function post(news: ServeNews): void {
  port?.postMessage(news);
}

const links = new BulkLinks(post, (tools) => new ServeEnd(tools, post), {
  clock: systemClock,
  random: systemRandom,
});

port.on("message", (order: ServeOrder) => {
  const end = links.find(order.lane);
  switch (order.kind) {
    case "file":
      end?.file(order.file, order.served);
      break;
    case "forget":
      end?.forget(order.file);
      break;
    case "chunks":
      end?.chunks(order.chunks);
      break;
    case "small":
      end?.small(order.files);
      break;
    case "bytes":
      end?.bytes(order.id, order.bytes);
      break;
    case "lack":
      end?.lack(order.ids);
      break;
    case "cancel":
      end?.cancel(order.ids);
      break;
    default:
      links.take(order);
  }
});
