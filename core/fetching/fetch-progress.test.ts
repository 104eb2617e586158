import { expect, test } from "vitest";
import { silentLogger } from "#core/base/logger.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { tellSteps } from "./fetch-progress.ts";

const CHUNK = 256 * 1024;

/** How often was told, and what calls with chunk after chunk. */
function fetching(chunks: number) {
  const clock = createManualClock();
  let told = 0;
  const tell = tellSteps(
    { clock, logger: silentLogger },
    chunks * CHUNK,
    () => told++,
  );
  let here = 0;
  return {
    clock,
    told: () => told,
    async arrive(count: number) {
      for (let at = 0; at < count; at++) {
        here += CHUNK;
        tell(here);
        await Promise.resolve();
      }
    },
  };
}

test("of chunks that come quickly some are told of, and always the last", async () => {
  const { arrive, told } = fetching(1_001);
  await arrive(1_000);
  expect(told()).toBeGreaterThan(200);
  expect(told()).toBeLessThan(300);
  const before = told();
  await arrive(1);
  expect(told()).toBe(before + 1);
});

test("of chunks that come slowly, and of a small file's, each is told of", async () => {
  const slow = fetching(1_000);
  for (let at = 0; at < 20; at++) {
    await slow.arrive(1);
    slow.clock.advance(200);
  }
  expect(slow.told()).toBe(20);
  const small = fetching(20);
  await small.arrive(20);
  expect(small.told()).toBe(20);
});
