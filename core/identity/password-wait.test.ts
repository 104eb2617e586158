import { expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { createPasswordWait } from "./password-wait.ts";

test("after three misses the waits grow to a minute, and a hit ends them", () => {
  let now = 5_000;
  const wait = createPasswordWait({ ...systemClock, monotonic: () => now });
  const waits: number[] = [];
  for (let miss = 0; miss < 11; miss += 1) {
    wait.miss();
    waits.push(wait.left());
    now += wait.left();
    expect(wait.left()).toBe(0);
  }
  expect(waits).toEqual([
    0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ]);
  wait.miss();
  now += 59_999.5;
  expect(wait.left()).toBe(1);
  wait.reset();
  expect(wait.left()).toBe(0);
  wait.miss();
  expect(wait.left()).toBe(0);
});
