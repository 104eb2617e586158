import { expect, test } from "vitest";
import { Meter } from "./meter.ts";

/** Moves `bytes` in each of `seconds`, and answers with the time then. */
function move(
  meter: Meter,
  from: number,
  seconds: number,
  bytes: number,
): number {
  let now = from;
  for (let second = 0; second < seconds; second++) {
    meter.add(bytes);
    now += 1000;
    meter.speed(now);
  }
  return now;
}

test("a steady stream is shown as what it is, from early on", () => {
  const meter = new Meter(0);
  expect(meter.speed(0)).toBe(0);
  let now = move(meter, 0, 2, 1000);
  expect(meter.speed(now)).toBeGreaterThan(900);
  now = move(meter, now, 30, 1000);
  expect(meter.speed(now)).toBe(1000);
});

test("the time left is not told in the first five seconds, and then calmly", () => {
  const meter = new Meter(0);
  let now = move(meter, 0, 4, 1000);
  expect(meter.secondsLeft(10_000, now)).toBeNull();
  now = move(meter, now, 20, 1000);
  expect(meter.secondsLeft(10_000, now)).toBe(10);
  // One quick second moves the speed more than the time left.
  now = move(meter, now, 1, 10_000);
  expect(meter.speed(now)).toBeGreaterThan(2500);
  expect(meter.secondsLeft(10_000, now)).toBeGreaterThan(5);
});

test("when nothing moves the speed goes to nothing, and no time is told", () => {
  const meter = new Meter(0);
  let now = move(meter, 0, 30, 1000);
  now = move(meter, now, 10, 0);
  expect(meter.speed(now)).toBeLessThan(110);
  now = move(meter, now, 600, 0);
  expect(meter.speed(now)).toBe(0);
  expect(meter.secondsLeft(10_000, now)).toBeNull();
});
