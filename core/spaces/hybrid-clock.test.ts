import { expect, test } from "vitest";
import { CLOCK_AHEAD_MS } from "#core/contract/limits.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { HybridClock, compareTimes } from "./hybrid-clock.ts";

test("EN3: times follow the clock, with a count inside one millisecond", () => {
  const clock = createManualClock(1000);
  const time = new HybridClock(clock);
  expect([time.next(), time.next()]).toEqual([
    [1000, 0],
    [1000, 1],
  ]);
  clock.advance(5);
  expect(time.next()).toEqual([1005, 0]);
});

test("EN3: a clock that jumps back does not take times back", () => {
  const clock = createManualClock(5_000_000);
  const time = new HybridClock(clock);
  time.next();
  clock.jump(-4_000_000);
  expect([time.next(), time.next()]).toEqual([
    [5_000_000, 1],
    [5_000_000, 2],
  ]);
});

test("EN3: what is written after reading something is later than it", () => {
  const clock = createManualClock(1000);
  const time = new HybridClock(clock);
  time.observe([1000 + CLOCK_AHEAD_MS, 3]);
  expect(time.next()).toEqual([1000 + CLOCK_AHEAD_MS, 4]);
});

test("EN3: a clock that is far ahead is not followed", () => {
  const clock = createManualClock(1000);
  const time = new HybridClock(clock);
  time.observe([1001 + CLOCK_AHEAD_MS, 0]);
  expect(time.next()).toEqual([1000, 0]);
});

test("EN3: a full count moves the time on by a millisecond", () => {
  const clock = createManualClock(1000);
  const time = new HybridClock(clock);
  time.observe([1000, 2 ** 16 - 1]);
  expect(time.next()).toEqual([1001, 0]);
});

test("EN3: whatever the clock does and whoever is seen, times only go up", () => {
  const random = seededRandom("hybrid clock");
  const clock = createManualClock();
  const time = new HybridClock(clock);
  let last = time.next();
  for (let step = 0; step < 5000; step++) {
    const hours = (random.below(2001) - 1000) * 3_600_000;
    if (random.below(10) === 0) clock.jump(hours);
    if (random.below(3) === 0)
      time.observe([clock.now() + random.below(1_200_000), random.below(9)]);
    const next = time.next();
    expect(compareTimes(next, last)).toBeGreaterThan(0);
    last = next;
  }
});
