import { expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import type { ServeNews } from "./bulk-messages.ts";
import { ServeEnd } from "./bulk-serve-end.ts";

test("FI11 FI14: what the other end is spared is told of as lacking, and not as answered", () => {
  const news: ServeNews[] = [];
  const end = new ServeEnd(
    { lane: 4, clock: systemClock, end: () => undefined },
    (one) => news.push(one),
  );
  end.chunks([0, 1, 2].map((id) => ({ id, file: 0, index: id })));
  end.cancel([0, 2, 9]);
  expect(news).toEqual([{ kind: "lacked", lane: 4, ids: [0, 2] }]);
  end.lack([5]);
  expect(news.at(-1)).toEqual({ kind: "lacked", lane: 4, ids: [5] });
});
