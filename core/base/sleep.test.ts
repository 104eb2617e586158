import { expect, test } from "vitest";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { watchSleep } from "./sleep.ts";

function watch() {
  const clock = createManualClock();
  let wakes = 0;
  const stop = watchSleep(clock, () => {
    wakes++;
  });
  return { clock, stop, wakes: () => wakes };
}

test("a wall clock that moved on further than the timers tells of a sleep, once", () => {
  const { clock, wakes } = watch();
  clock.advance(60_000);
  expect(wakes()).toBe(0);
  clock.jump(8 * 60 * 60 * 1000);
  clock.advance(5_000);
  expect(wakes()).toBe(1);
  clock.advance(60_000);
  expect(wakes()).toBe(1);
});

test("a clock set back, or forward by seconds, is no sleep; stopped, nothing runs", () => {
  const { clock, stop, wakes } = watch();
  clock.jump(-60 * 60 * 1000);
  clock.advance(5_000);
  clock.jump(4_000);
  clock.advance(5_000);
  expect(wakes()).toBe(0);
  stop();
  expect(clock.due).toEqual([]);
});
