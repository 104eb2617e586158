import { expect, test } from "vitest";
import type { PersonId } from "#core/contract/ids.ts";
import { HEADERS_WAITING } from "#core/contract/limits.ts";
import { createLogger } from "#core/base/logger.ts";
import { LogStore } from "#core/storage/log-store.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import type { SpaceDevice } from "#core/testing/space-device.ts";
import { testIdentity } from "#core/testing/test-identity.ts";
import { testLog, testSpaceId } from "#core/testing/test-ids.ts";
import { untilTrue } from "#core/testing/until.ts";
import { admittedBlocks } from "./admission.ts";
import { spaceIdOf } from "./charter.ts";
import type { SpaceLink } from "./charter.ts";
import { readHeader, writeHeader } from "./header.ts";
import { WaitingHeaders } from "./waiting-headers.ts";

function collectionOf(founder: PersonId): SpaceLink {
  return {
    charter: {
      v: 1,
      kind: "collection",
      policy: "closed",
      founder,
      nonce: "00".repeat(16),
    },
    readKey: Buffer.alloc(32, 1),
  };
}

/** A device of Ben's that holds a collection of Ana's, and Ana's word about writers. */
async function benWithAnas() {
  const ana = await testIdentity("ana");
  const word = new Map<PersonId, number>();
  const writers = (_: unknown, person: PersonId) => word.get(person) ?? 0;
  const ben = await openSpaceDevice("ben", { writers });
  const link = collectionOf(ana.person);
  const space = await ben.spaces.hold(link);
  return { ana, ben, link, space, word, writers };
}

const entry = { type: "test" };

test("SP5: a collection takes in the logs of those its founder lets write, as far as the founder says", async () => {
  const [ana, cem] = [await testIdentity("ana"), await testIdentity("cem")];
  const { charter } = collectionOf(ana.person);
  const id = spaceIdOf(charter);
  const log = testLog("of cem");
  const header = readHeader(writeHeader(cem, id, log), log);
  if (header === null) throw new Error("no header");
  const blocks = (count: number, asked = header) =>
    admittedBlocks(charter, asked, log, () => count);
  expect([blocks(0), blocks(1), blocks(7), blocks(Infinity)]).toEqual([
    // A header alone is nothing to take in.
    0,
    0,
    7,
    Infinity,
  ]);
  expect(blocks(7, { ...header, space: testSpaceId("another") })).toBe(0);
  const feed = { ...charter, kind: "feed", audience: "link" } as const;
  const inFeed = { ...header, space: spaceIdOf(feed) };
  expect(admittedBlocks(feed, inFeed, log, () => Infinity)).toBe(0);
});

test("SP5: who may not write writes nothing, and may once the founder lets them", async () => {
  const { ben, space, word } = await benWithAnas();
  await expect(ben.spaces.append(space.id, [entry])).rejects.toThrow();
  expect(ben.spaces.mayWrite(space.id)).toBe(false);
  word.set(ben.identity.person, Infinity);
  await ben.spaces.append(space.id, [entry]);
  expect(ben.spaces.mayWrite(space.id)).toBe(true);
  const [own] = space.logs.values();
  expect(own?.log.heldLength).toBe(2);
  // Withdrawn: what counts stays to be read, nothing is added.
  await ben.spaces.append(space.id, [entry]);
  word.set(ben.identity.person, 2);
  await ben.spaces.reconsider(space.id);
  expect(own?.log.heldLength).toBe(2);
  await expect(ben.spaces.append(space.id, [entry])).rejects.toThrow();
});

test("SP5: a log that was taken in once is opened when the founder's word is known again", async () => {
  const first = await benWithAnas();
  first.word.set(first.ben.identity.person, Infinity);
  const { log } = await first.ben.spaces.append(first.space.id, [entry]);
  const cem = await testIdentity("cem");
  first.word.set(cem.person, Infinity);
  const other = LogStore.keyOf(cem.writer(first.space.id));
  const header = writeHeader(cem, first.space.id, other);
  await first.ben.spaces.admit(first.space.id, other, header);
  await first.ben.close();
  // The index is folded anew: nothing is known of writers at first.
  const word = new Map<PersonId, number>();
  const again = await openSpaceDevice("ben", {
    folder: first.ben.folder,
    writers: (_, person) => word.get(person) ?? 0,
  });
  const space = await again.spaces.hold(first.link);
  expect(space.logs.size).toBe(0);
  word.set(cem.person, 5);
  word.set(again.identity.person, Infinity);
  await again.spaces.reconsider(space.id);
  expect(new Set(space.logs.keys())).toEqual(new Set([log, other]));
});

test("SP6: of a log nothing is asked for before it is taken in, nor beyond what counts", async () => {
  const { ben, space, word } = await benWithAnas();
  const cem = await testIdentity("cem");
  const key = LogStore.keyOf(cem.writer(space.id));
  const header = writeHeader(cem, space.id, key);
  const rules: string[] = [];
  const logger = createLogger(
    (line) => rules.push(line),
    () => "test",
  );
  let tries = 0;
  const waiting = new WaitingHeaders({ spaces: ben.spaces, logger }, () => {
    tries++;
  });
  expect(await ben.spaces.admit(space.id, key, header)).toBeNull();
  expect(ben.spaces.mayAdmitLater(space.id, key, header)).toBe(true);
  expect(waiting.add(space.id, key, header)).toBeNull();
  expect(space.logs.size).toBe(0);
  word.set(cem.person, 3);
  await ben.spaces.reconsider(space.id);
  await untilTrue(() => tries === 1);
  const log = space.logs.get(key)?.log;
  expect([log?.length, log?.heldLength]).toEqual([0, 0]);
  waiting.close();
});

test("LI1: headers that wait are only so many, and none that does not hold", async () => {
  const { ben, space } = await benWithAnas();
  const logger: SpaceDevice["logger"] = ben.logger;
  const waiting = new WaitingHeaders(
    { spaces: ben.spaces, logger },
    () => undefined,
  );
  const cem = await testIdentity("cem");
  for (let at = 0; at < HEADERS_WAITING; at++) {
    const log = testLog(String(at));
    const header = writeHeader(cem, space.id, log);
    expect(waiting.add(space.id, log, header)).toBeNull();
  }
  const more = testLog("more");
  expect(waiting.add(space.id, more, writeHeader(cem, space.id, more))).toBe(
    "headers-waiting",
  );
  // Signed for another log: no word of the founder could ever let it in.
  const header = writeHeader(cem, space.id, more);
  expect(waiting.add(space.id, testLog("x"), header)).toBe("log-not-admitted");
  waiting.close();
});
