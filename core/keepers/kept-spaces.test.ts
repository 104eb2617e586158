import { expect, test } from "vitest";
import { Self } from "#core/self/self.ts";
import { keepIdOf } from "#core/spaces/keep-key.ts";
import { writeKeepList } from "#core/spaces/keep-list.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import { testLog } from "#core/testing/test-ids.ts";
import { testIdentity } from "#core/testing/test-identity.ts";
import { KeptSpaces } from "./kept-spaces.ts";
import { SealedStore } from "./sealed-store.ts";

const random = seededRandom("kept spaces");
const keepKey = random.bytes(32);
const keep = keepIdOf(keepKey);

async function setUp(folder?: string) {
  const device = await openSpaceDevice(
    "keeper",
    folder === undefined ? {} : { folder },
  );
  const { stores, spaces, identity, time, logger } = device;
  const self = await Self.open(spaces, identity, time);
  let room = 1_000;
  const kept = new KeptSpaces({
    self,
    logs: stores.logs,
    logger,
    store: new SealedStore(device.folder, stores.local),
    roomFor: () => room,
  });
  await kept.start();
  return {
    device,
    kept,
    setRoom(bytes: number) {
      room = bytes;
    },
  };
}

test("KE2: a keeper keeps what a list names that its giver signed, the latest one, and nothing else", async () => {
  const { kept, device } = await setUp();
  const ana = await testIdentity("ana");
  const ben = await testIdentity("ben");
  const [one, two] = [testLog("one"), testLog("two")];
  const list = writeKeepList(ana, keep, [one], 10);
  expect(await kept.give(ben.person, keepKey, list)).toBe("keep-list-false");
  expect(
    await kept.give(ana.person, keepKey, { ...list, logs: [one, two] }),
  ).toBe("keep-list-false");
  expect(await kept.give(ana.person, random.bytes(32), list)).toBe(
    "keep-of-another-key",
  );
  expect(kept.all()).toEqual([]);

  expect(await kept.give(ana.person, keepKey, list)).toBeNull();
  expect([...(kept.get(keep)?.logs.keys() ?? [])]).toEqual([one]);
  // Nobody takes over what another gave.
  const theirs = writeKeepList(ben, keep, [two], 20);
  expect(await kept.give(ben.person, keepKey, theirs)).toBe("keep-of-another");
  const later = writeKeepList(ana, keep, [one, two], 20);
  expect(await kept.give(ana.person, keepKey, later)).toBeNull();
  expect(await kept.give(ana.person, keepKey, list)).toBeNull();
  expect([...(kept.get(keep)?.logs.keys() ?? [])].sort()).toEqual(
    [one, two].sort(),
  );

  await device.close();
  const again = await setUp(device.folder);
  expect(again.kept.get(keep)?.logs.size).toBe(2);
  await again.kept.only(ana.person, new Set());
  expect(again.kept.all()).toEqual([]);
  expect(again.device.bugs).toEqual([]);
});

test("KE7: nothing is kept for whom nothing is promised", async () => {
  const { kept, setRoom } = await setUp();
  const ana = await testIdentity("ana");
  setRoom(0);
  const list = writeKeepList(ana, keep, [testLog("one")], 10);
  expect(await kept.give(ana.person, keepKey, list)).toBeNull();
  expect(kept.all()).toEqual([]);
});
