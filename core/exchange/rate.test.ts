import { expect, test } from "vitest";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { RateLimit } from "./rate.ts";

const CHUNK = 256 * 1024;

/** Puts `count` chunks in line and answers, second by second, how many have passed. */
function passing(limit: RateLimit, count: number): () => number {
  let passed = 0;
  for (let at = 0; at < count; at++)
    limit.enter(() => {
      passed++;
      return CHUNK;
    });
  return () => passed;
}

test("without a limit everything passes at once", () => {
  const limit = new RateLimit(createManualClock());
  expect(passing(limit, 100)()).toBe(100);
  expect(limit.isOpen).toBe(true);
});

test("over a minute no more passes than the rate allows, and no less", () => {
  const clock = createManualClock();
  const limit = new RateLimit(clock);
  limit.setRate(1_000_000);
  const passed = passing(limit, 1_000);
  clock.advance(60_000);
  const bytes = passed() * CHUNK;
  expect(bytes).toBeGreaterThan(60_000_000 - CHUNK);
  expect(bytes).toBeLessThanOrEqual(60_000_000 + 250_000 + CHUNK);
});

test("a chunk larger than a second's worth passes, and the next waits until it is made up for", () => {
  const clock = createManualClock();
  const limit = new RateLimit(clock);
  limit.setRate(10_000);
  clock.advance(1_000);
  const passed = passing(limit, 2);
  expect(passed()).toBe(1);
  clock.advance(25_000);
  expect(passed()).toBe(1);
  clock.advance(2_000);
  expect(passed()).toBe(2);
});

test("what came smaller than was taken for it leaves room for more", () => {
  const clock = createManualClock();
  const limit = new RateLimit(clock);
  limit.setRate(CHUNK);
  clock.advance(1_000);
  let small = 0;
  for (let at = 0; at < 100; at++)
    limit.enter(() => {
      small++;
      queueMicrotask(() => undefined);
      return CHUNK;
    });
  expect(small).toBe(1);
  limit.count(CHUNK / 64, CHUNK);
  clock.advance(10);
  expect(small).toBe(2);
});

test("a limit that is lifted lets all that waits pass", () => {
  const limit = new RateLimit(createManualClock());
  limit.setRate(1_000);
  const passed = passing(limit, 50);
  expect(passed()).toBeLessThan(2);
  limit.setRate(null);
  expect(passed()).toBe(50);
});

test("shut for two reasons, it opens when both are gone", () => {
  const limit = new RateLimit(createManualClock());
  limit.setShut("paused", true);
  limit.setShut("full", true);
  const passed = passing(limit, 5);
  limit.setShut("paused", false);
  expect(passed()).toBe(0);
  limit.setShut("full", false);
  expect(passed()).toBe(5);
});

test("who left the line is not called", () => {
  const limit = new RateLimit(createManualClock());
  limit.setShut("paused", true);
  let passed = 0;
  const leave = limit.enter(() => ++passed);
  leave();
  limit.setShut("paused", false);
  expect(passed).toBe(0);
});

test("the lowest rank passes first, at the moment of its turn, and nobody waits for ever", () => {
  const clock = createManualClock();
  const limit = new RateLimit(clock);
  limit.setRate(CHUNK);
  clock.advance(1_000);
  limit.enter(() => CHUNK);
  const passed: string[] = [];
  let ofLate = 5;
  const enter = (name: string, rank: () => number): void => {
    limit.enter(() => {
      passed.push(name);
      return CHUNK;
    }, rank);
  };
  enter("often given", () => 9);
  enter("seldom given", () => 3);
  enter("of late", () => ofLate);
  ofLate = 0;
  clock.advance(1_000);
  expect(passed).toEqual(["of late"]);
  enter("new", () => 0);
  clock.advance(1_000);
  expect(passed).toEqual(["of late", "new"]);
  // Who has waited for two seconds passes, whatever its rank.
  enter("newer", () => 0);
  clock.advance(1_000);
  expect(passed).toEqual(["of late", "new", "often given"]);
});
