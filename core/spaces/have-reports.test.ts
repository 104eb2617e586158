import { expect, test } from "vitest";
import { createTrigger } from "#core/base/state.ts";
import { keyPairOf } from "#core/identity/device.ts";
import type { Log } from "#core/storage/log.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import { untilTrue } from "#core/testing/until.ts";
import { HaveReports } from "./have-reports.ts";

/** Reports on a log of somebody else's that is filled by hand. */
async function reporting() {
  const clock = createManualClock();
  const ana = await openSpaceDevice("ana", { clock });
  const writer = keyPairOf(seededRandom("writer").bytes(32));
  const log = await ana.stores.logs.openOwn(writer, Buffer.alloc(32, 1));
  // The same log as a device sees it that does not write it.
  const foreign = new Proxy(log, {
    get(target, name) {
      if (name === "isWritable") return false;
      const value: unknown = Reflect.get(target, name, target);
      return value;
    },
  });
  const told: number[] = [];
  const barriers = createTrigger();
  let release: () => void = () => undefined;
  let isHeld = false;
  const reports = new HaveReports(
    {
      clock,
      logger: ana.logger,
      async barrier() {
        barriers.fire();
        if (isHeld)
          await new Promise<void>((resolve) => {
            release = resolve;
          });
      },
    },
    (key, length) => {
      expect(key).toBe(log.key);
      told.push(length);
    },
  );
  return {
    clock,
    log,
    foreign,
    reports,
    told,
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
      release();
    },
  };
}

async function add(log: Log, blocks: number): Promise<void> {
  for (let at = 0; at < blocks; at++) await log.append([Buffer.from("x")]);
}

test("growth is told together, four times a second at most", async () => {
  const { clock, log, foreign, reports, told } = await reporting();
  await add(log, 1);
  reports.follow(foreign);
  await add(log, 2);
  expect(told).toEqual([]);
  clock.advance(250);
  await untilTrue(() => told.length > 0);
  await add(log, 2);
  clock.advance(249);
  expect(told).toEqual([3]);
  clock.advance(1);
  await untilTrue(() => told.length > 1);
  expect(told).toEqual([3, 5]);
});

test("DU1: what is said to be held is on disk when it is said", async () => {
  const { clock, log, foreign, reports, told, hold, release } =
    await reporting();
  await add(log, 1);
  hold();
  reports.follow(foreign);
  clock.advance(250);
  // More comes while the disk is still busy: it is not part of the claim.
  await add(log, 1);
  expect(told).toEqual([]);
  release();
  await untilTrue(() => told.length > 0);
  expect(told).toEqual([1]);
});

test("nothing is told of logs that are empty or mine, twice, or after the end", async () => {
  const { clock, log, foreign, reports, told } = await reporting();
  reports.follow(log);
  reports.follow(foreign);
  clock.advance(250);
  await add(log, 1);
  clock.advance(250);
  await untilTrue(() => told.length > 0);
  reports.close();
  await add(log, 1);
  expect(clock.due).toEqual([]);
  expect(told).toEqual([1]);
});
