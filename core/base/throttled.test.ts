import { expect, test } from "vitest";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { createThrottled } from "./throttled.ts";

test("many calls are few, and the last is not lost", () => {
  const clock = createManualClock();
  const throttled = createThrottled(clock, 250);
  let fired = 0;
  throttled.subscribe(() => fired++);
  throttled.fire();
  expect(fired).toBe(1);
  for (let call = 0; call < 100; call++) throttled.fire();
  expect(fired).toBe(1);
  clock.advance(250);
  expect(fired).toBe(2);
  clock.advance(1000);
  expect(fired).toBe(2);
  throttled.fire();
  expect(fired).toBe(3);
});

test("what is to be told now is, and counts as the last time", () => {
  const clock = createManualClock();
  const throttled = createThrottled(clock, 250);
  let fired = 0;
  throttled.subscribe(() => fired++);
  throttled.fire();
  throttled.fire();
  throttled.fireNow();
  expect(fired).toBe(2);
  clock.advance(1000);
  expect(fired).toBe(2);
});

test("closed, it waits for nothing and fires no more", async () => {
  const clock = createManualClock();
  const throttled = createThrottled(clock, 250);
  let fired = 0;
  throttled.subscribe(() => fired++);
  throttled.fire();
  throttled.fire();
  await throttled.close();
  expect(clock.due).toEqual([]);
  throttled.fire();
  expect(fired).toBe(1);
});
