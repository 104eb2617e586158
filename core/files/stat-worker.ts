import { answerOrders } from "#core/base/thread-entry.ts";
import { statMany } from "./stat-many.ts";
import type { StatAnswer, StatOrder } from "./stat-messages.ts";

/* Entry of the thread that looks at the files of large folders. */

answerOrders<StatOrder, StatAnswer>((order) => {
  const answer = statMany(order);
  return { answer, handOver: [answer.buffer] };
});
