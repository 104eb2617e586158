import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { watchSigns } from "./signs-of-life.ts";

function watch() {
  const clock = createManualClock();
  const stream = new PassThrough();
  let pings = 0;
  let asleepMs = 0;
  const watched = { ...clock, monotonic: () => clock.monotonic() + asleepMs };
  const signs = watchSigns(stream, watched, () => {
    pings++;
  });
  return {
    clock,
    stream,
    signs,
    pings: () => pings,
    sleep(ms: number) {
      asleepMs += ms;
    },
  };
}

test("a line from which nothing comes is not answering within ten seconds", () => {
  const { clock, signs } = watch();
  for (let ms = 0; ms < 7_500; ms += 500) clock.advance(500);
  expect(signs.answering.peek()).toBe(true);
  for (let ms = 0; ms < 2_500; ms += 500) clock.advance(500);
  expect(signs.answering.peek()).toBe(false);
});

test("one word is enough to be there again, and words keep it there", () => {
  const { clock, stream, signs, pings } = watch();
  for (let ms = 0; ms < 20_000; ms += 500) clock.advance(500);
  stream.emit("data");
  expect(signs.answering.peek()).toBe(true);
  for (let turn = 0; turn < 10; turn++) {
    clock.advance(1_000);
    clock.advance(1_000);
    stream.emit("data");
  }
  expect(signs.answering.peek()).toBe(true);
  expect(pings()).toBe(13);
});

test("time in which this end did not look does not count against the other", () => {
  const { clock, signs, sleep } = watch();
  clock.advance(1_000);
  sleep(60_000);
  clock.advance(1_500);
  expect(signs.answering.peek()).toBe(true);
});

test("once stopped nothing is listened to and no timer runs", () => {
  const { clock, stream, signs } = watch();
  signs.stop();
  expect(stream.listenerCount("data")).toBe(0);
  expect(clock.due).toEqual([]);
});
