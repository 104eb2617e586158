import { expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import type { Network } from "#core/network/port.ts";
import { createSwarmNetwork } from "#core/network/swarm.ts";
import { openBadDht } from "#core/testing/bad-dht.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";

const PAIRS = 20;
/** Pairs that look for each other at one time. */
const AT_ONCE = 5;
const FOUND_MS = 30_000;
/** Half of all. Who waits until the library found its way takes eleven seconds and more. */
const MOSTLY_MS = 9_000;

test("H9: where 3 of 10 nodes drop, lie or point elsewhere, 19 of 20 pairs find each other within thirty seconds", async () => {
  const seed = "three of ten";
  const dht = await openBadDht(seed, 0.3);
  const random = seededRandom(seed);
  const took: (number | null)[] = [];
  try {
    for (let pair = 0; pair < PAIRS; pair += AT_ONCE)
      took.push(
        ...(await Promise.all(
          Array.from({ length: AT_ONCE }, () => find(random.bytes(32))),
        )),
      );
  } finally {
    await dht.close();
  }
  expect(Math.min(...Object.values(dht.harm))).toBeGreaterThan(PAIRS);
  const found = took.filter((ms) => ms !== null);
  expect(found.length / PAIRS).toBeGreaterThanOrEqual(0.95);
  expect(found.toSorted((a, b) => a - b)[PAIRS / 2]).toBeLessThan(MOSTLY_MS);

  /** Milliseconds until two who want one topic have a line; null when it takes too long. */
  async function find(topic: Buffer): Promise<number | null> {
    const ends = [network(), network()];
    const from = performance.now();
    const met = ends.map(
      (end) =>
        new Promise<void>((resolve) => {
          end.onLine(() => {
            resolve();
          });
        }),
    );
    for (const end of ends) end.want({ topics: [topic], addresses: [] });
    let cancel = (): void => undefined;
    const late = new Promise<null>((resolve) => {
      cancel = systemClock.after(FOUND_MS, () => {
        resolve(null);
      });
    });
    const ms = await Promise.race([
      Promise.all(met).then(() => performance.now() - from),
      late,
    ]);
    cancel();
    await Promise.all(ends.map((end) => end.close()));
    return ms;
  }

  function network(): Network {
    return createSwarmNetwork({
      clock: systemClock,
      random: systemRandom,
      logger: silentLogger,
      bootstrap: dht.bootstrap,
      host: "127.0.0.1",
    });
  }
}, 180_000);
