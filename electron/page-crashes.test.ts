import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { reloadWhenGone } from "./page-crashes.ts";

test("a page that crashes is loaded again three times, then it is told", () => {
  const events = new EventEmitter();
  let reloads = 0;
  let givenUp = 0;
  reloadWhenGone(
    {
      on: (event, listener) => events.on(event, listener),
      reload: () => reloads++,
    },
    () => givenUp++,
  );
  events.emit("render-process-gone", {}, { reason: "clean-exit" });
  expect(reloads).toBe(0);
  for (let i = 0; i < 4; i++)
    events.emit("render-process-gone", {}, { reason: "crashed" });
  expect([reloads, givenUp]).toEqual([3, 1]);
});
