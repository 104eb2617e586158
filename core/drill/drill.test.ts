import { expect, test } from "vitest";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { DRILL_MS, OutageDrill } from "./drill.ts";

test("an outage tried out ends by itself after five minutes, or when told", async () => {
  const clock = createManualClock();
  const drill = new OutageDrill(clock);
  drill.set(true);
  expect(drill.until.peek()).toBe(clock.now() + DRILL_MS);
  clock.advance(DRILL_MS - 1);
  expect(drill.until.peek()).not.toBeNull();
  clock.advance(1);
  expect(drill.until.peek()).toBeNull();
  drill.set(true);
  drill.set(false);
  expect(drill.until.peek()).toBeNull();
  expect(clock.due).toEqual([]);
  drill.set(true);
  await drill.close();
  expect(clock.due).toEqual([]);
});
