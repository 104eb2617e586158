import { expect, test } from "vitest";
import { systemRandom } from "#core/base/random.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { createLaunches } from "./launches.ts";

test("a code works once", () => {
  const launches = createLaunches(createManualClock(), systemRandom);
  const code = launches.create();
  expect(launches.take("other")).toBe(false);
  expect(launches.take(null)).toBe(false);
  expect(launches.take(code)).toBe(true);
  expect(launches.take(code)).toBe(false);
});

test("a code works for a minute", () => {
  const clock = createManualClock();
  const launches = createLaunches(clock, systemRandom);
  const [early, late] = [launches.create(), launches.create()];
  clock.advance(59_000);
  expect(launches.take(early)).toBe(true);
  clock.advance(2_000);
  expect(launches.take(late)).toBe(false);
});
