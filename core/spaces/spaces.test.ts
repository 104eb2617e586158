import { expect, test } from "vitest";
import { LogStore } from "#core/storage/log-store.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import type { SpaceDevice } from "#core/testing/space-device.ts";
import { testIdentity } from "#core/testing/test-identity.ts";
import { testLog, testPerson, testSpaceId } from "#core/testing/test-ids.ts";
import { inOrder, spaceIdOf } from "./charter.ts";
import type { SpaceLink } from "./charter.ts";
import { readHeader, writeHeader } from "./header.ts";
import type { MemberLog } from "./space.ts";

function feedOf(founder: SpaceDevice["identity"]["person"]): SpaceLink {
  return {
    charter: {
      v: 1,
      kind: "feed",
      founder,
      nonce: "00".repeat(16),
      audience: "link",
    },
    readKey: Buffer.alloc(32, 1),
  };
}

const entry = { type: "test" };

test("SP3, SP4: the first write makes one log, whose block 0 is its header", async () => {
  const { spaces, identity } = await openSpaceDevice("ana");
  const space = await spaces.hold(feedOf(identity.person));
  expect(space.logs.size).toBe(0);
  const first = await spaces.append(space.id, [entry]);
  const second = await spaces.append(space.id, [entry, entry]);
  expect([first.firstBlock, second.firstBlock]).toEqual([1, 2]);
  expect(second.log).toBe(first.log);
  expect(first.log).toBe(LogStore.keyOf(identity.writer(space.id)));
  const [member] = [...space.logs.values()];
  const block = await member?.log.read(0);
  expect(block && readHeader(block, first.log)).toEqual({
    space: space.id,
    person: identity.person,
    device: identity.device,
  });
  expect(member?.header).toEqual(block);
});

test("SP3: many first writes at once make one log and keep their order", async () => {
  const { spaces, identity } = await openSpaceDevice("ana");
  const { id, logs } = await spaces.hold(feedOf(identity.person));
  const writes = await Promise.all(
    Array.from({ length: 20 }, () => spaces.append(id, [entry])),
  );
  expect(logs.size).toBe(1);
  expect(writes.map(({ firstBlock }) => firstBlock)).toEqual(
    Array.from({ length: 20 }, (_, at) => at + 1),
  );
});

test("a log of mine is found again after a restart, also when its admission was forgotten", async () => {
  const first = await openSpaceDevice("ana");
  const link = feedOf(first.identity.person);
  const { id } = await first.spaces.hold(link);
  const { log } = await first.spaces.append(id, [entry]);
  first.stores.local.run("DELETE FROM admitted_logs");
  await first.close();
  const second = await openSpaceDevice("ana", { folder: first.folder });
  const space = await second.spaces.hold(link);
  expect([...space.logs.keys()]).toEqual([log]);
  const { firstBlock } = await second.spaces.append(id, [entry]);
  expect(firstBlock).toBe(2);
});

test("SP5: logs that were taken in are there after a restart", async () => {
  const ben = await openSpaceDevice("ben");
  const ana = await testIdentity("ana");
  const link = feedOf(ana.person);
  const { id } = await ben.spaces.hold(link);
  const log = testLog("of ana");
  const admitted = await ben.spaces.admit(id, log, writeHeader(ana, id, log));
  expect(admitted).toMatchObject({ person: ana.person, device: ana.device });
  await ben.close();
  const again = await openSpaceDevice("ben", { folder: ben.folder });
  const space = await again.spaces.hold(link);
  expect([...space.logs.keys()]).toEqual([log]);
});

test("SP5: a log is taken in once, and only into a space that is held and takes it", async () => {
  const ben = await openSpaceDevice("ben");
  const ana = await testIdentity("ana");
  const { id } = await ben.spaces.hold(feedOf(ana.person));
  const log = testLog("of ana");
  const header = writeHeader(ana, id, log);
  const seen: MemberLog[] = [];
  ben.spaces.onLog((member) => seen.push(member));
  const all = await Promise.all(
    Array.from({ length: 5 }, () => ben.spaces.admit(id, log, header)),
  );
  expect(new Set(all).size).toBe(1);
  expect(seen).toHaveLength(1);
  const stranger = testSpaceId("not held");
  expect(await ben.spaces.admit(stranger, log, header)).toBeNull();
  expect(await ben.spaces.admit(id, testLog("other"), header)).toBeNull();
});

test("nobody writes into a space they do not belong to, or do not hold", async () => {
  const { spaces, identity } = await openSpaceDevice("ana");
  const foreign = await spaces.hold(feedOf(testPerson("ben")));
  await expect(spaces.append(foreign.id, [entry])).rejects.toThrow();
  expect(foreign.logs.size).toBe(0);
  const mine = spaceIdOf(feedOf(identity.person).charter);
  await expect(spaces.append(mine, [entry])).rejects.toMatchObject({
    code: "not-found",
  });
});

test("SP2: both members of a conversation have a log in it", async () => {
  const [ana, ben] = [
    await openSpaceDevice("ana"),
    await openSpaceDevice("ben"),
  ];
  const people = inOrder([ana.identity.person, ben.identity.person]);
  const link: SpaceLink = {
    charter: {
      v: 1,
      kind: "conversation",
      founder: ana.identity.person,
      nonce: "00".repeat(16),
      members: people,
    },
    readKey: Buffer.alloc(32, 1),
  };
  const { id, logs } = await ana.spaces.hold(link);
  await ben.spaces.hold(link);
  await ana.spaces.append(id, [entry]);
  const { log } = await ben.spaces.append(id, [entry]);
  const header = writeHeader(ben.identity, id, log);
  await ana.spaces.admit(id, log, header);
  expect([...logs.values()].map(({ person }) => person).sort()).toEqual(people);
});

test("a space that was let go keeps its blocks for when it is held again", async () => {
  const { spaces, identity } = await openSpaceDevice("ana");
  const link = feedOf(identity.person);
  const { id } = await spaces.hold(link);
  await spaces.append(id, [entry]);
  let changes = 0;
  spaces.changed.subscribe(() => (changes += 1));
  await spaces.drop(id);
  await spaces.drop(id);
  expect([spaces.get(id), spaces.all(), changes]).toEqual([null, [], 1]);
  const again = await spaces.hold(link);
  const { firstBlock } = await spaces.append(id, [entry]);
  expect([again.logs.size, firstBlock]).toEqual([1, 2]);
});

test("whoever listens for logs hears of those that are open and of those to come", async () => {
  const { spaces, identity } = await openSpaceDevice("ana");
  const link = feedOf(identity.person);
  const { id } = await spaces.hold(link);
  await spaces.append(id, [entry]);
  const heard: unknown[] = [];
  spaces.onLog(({ log }, space) => heard.push([log.key, space.id]));
  const other = {
    ...link,
    charter: { ...link.charter, nonce: "11".repeat(16) },
  } as const;
  const { id: second } = await spaces.hold(other);
  await spaces.append(second, [entry]);
  const keys = [id, second].map((it) => [
    LogStore.keyOf(identity.writer(it)),
    it,
  ]);
  expect(heard).toEqual(keys);
});
