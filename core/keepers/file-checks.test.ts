import { expect, test } from "vitest";
import type { FileRoot } from "#core/contract/ids.ts";
import { hashChunk, rootOf } from "#core/files/chunks.ts";
import type { ContentReader } from "#core/exchange/content-reader.ts";
import type { Ask, Outcome, Remote } from "#core/exchange/exchange-remote.ts";
import { newNonce, newReadKey } from "#core/spaces/charter.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { createSessionPair } from "#core/testing/session-pair.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { FileChecks } from "./file-checks.ts";
import { GivenFiles } from "./given-files.ts";
import { Proofs } from "./proofs.ts";
import { ReadChecks } from "./read-checks.ts";
import { labelOf, seal, sealKeysOf } from "./seal.ts";
import { openSealedLine } from "./sealed-line.ts";

const office = testPerson("office");
const FILES = 12;

/** Ana's files, and a keeper that does as a test says. */
async function setUp() {
  const { spaces, stores, identity } = await openSpaceDevice("ana");
  const random = seededRandom("file checks");
  const space = await spaces.hold({
    charter: {
      v: 1,
      kind: "feed",
      audience: "link",
      founder: identity.person,
      nonce: newNonce(random),
    },
    readKey: newReadKey(random),
  });
  const files = Array.from({ length: FILES }, () => {
    const bytes = random.bytes(1_000);
    return { root: rootOf(hashChunk(bytes)), size: bytes.length, bytes };
  });
  const bytesOf = (root: FileRoot): Buffer | null =>
    files.find((file) => file.root === root)?.bytes ?? null;
  const reader: ContentReader = {
    held: (root) => (bytesOf(root) === null ? "none" : "all"),
    list(root) {
      const bytes = bytesOf(root);
      return Promise.resolve(bytes === null ? null : hashChunk(bytes));
    },
    chunk: (root) => Promise.resolve(bytesOf(root)),
  };
  return {
    space,
    files,
    reader,
    random,
    proofs: new Proofs(stores.local),
    given: new GivenFiles(stores.local),
    current: { of: () => files },
  };
}

test("KE5: a blind keeper that says to have files and gives no bytes, or other bytes, has none until it shows them", async () => {
  const { space, files, reader, random, proofs, given, current } =
    await setUp();
  for (const { root, size } of files) given.note(office, space.id, root, size);
  let part: (label: string) => Buffer | null = () => null;
  const [mine, theirs] = await createSessionPair(new Set());
  const keeper = {
    // Whatever it is asked for, it says to have it.
    missing: () => [],
    part: (_session: unknown, _keep: unknown, label: string) =>
      Promise.resolve(part(label)),
    put: () => Promise.resolve("stored" as const),
    drop: () => Promise.resolve(),
  };
  const line = openSealedLine(mine, keeper);
  openSealedLine(theirs, keeper);
  const checks = new FileChecks({
    given,
    proofs,
    named: { inSpace: () => files },
    current,
    reader: () => reader,
    random,
  });
  const check = () => checks.check(line, office, [space]);

  const none = await check();
  expect(none?.gone).toBeGreaterThan(4);
  expect(none?.given).toBe(FILES - (none?.gone ?? 0));

  // Given again, and "stored": that alone changes nothing.
  for (const { root, size } of files) given.note(office, space.id, root, size);
  part = () => random.bytes(4_200);
  const other = await check();
  expect(other?.gone).toBeGreaterThanOrEqual(none?.gone ?? 0);

  const keys = sealKeysOf(space.readKey);
  const honest = new Map(
    files.flatMap(({ root, bytes }) => [
      [labelOf(keys, root, "bytes", 0), seal(keys, bytes)] as const,
      [labelOf(keys, root, "list", 0), seal(keys, hashChunk(bytes))] as const,
    ]),
  );
  part = (label) => honest.get(label) ?? null;
  for (const { root, size } of files) given.note(office, space.id, root, size);
  expect(await check()).toEqual({ files: FILES, given: FILES, gone: 0 });
});

test("KE5: a keeper that may read is asked for bytes too, and what some of them are is not is not believed of the rest", async () => {
  const { space, files, reader, random, proofs, current } = await setUp();
  const [session] = await createSessionPair(new Set());
  let answer: (root: FileRoot) => Promise<Outcome> = () =>
    Promise.resolve("lack");
  const remote: Remote = {
    session,
    room: 100,
    ask(asks: readonly Ask[]) {
      for (const { part, settle } of asks)
        answer(part.root).then(settle, () => undefined);
    },
    cancel: () => undefined,
    held: (roots) => Promise.resolve(roots.map(() => "all" as const)),
    map: () => Promise.resolve(null),
    tell: () => undefined,
  };
  const shown: FileRoot[] = [];
  const checks = new ReadChecks({
    proofs,
    current,
    reader: () => reader,
    exchange: () => ({
      remotes: { peek: () => [remote], subscribe: () => () => undefined },
      shown: (_session, root) => shown.push(root),
    }),
    random,
  });
  const check = () => checks.check(session, office, [space]);

  expect(await check()).toMatchObject({ files: FILES, given: 0 });
  expect(shown).toEqual([]);
  // Half of them are others: it keeps half at most, whatever it says.
  const bad = new Set(files.slice(0, FILES / 2).map(({ root }) => root));
  answer = async (root) =>
    bad.has(root)
      ? random.bytes(1_000)
      : ((await reader.chunk(root, 0)) ?? "lack");
  await check();
  const half = await check();
  expect(half?.given).toBeLessThanOrEqual(FILES / 2);
  expect(half?.gone).toBeGreaterThan(0);

  answer = async (root) => (await reader.chunk(root, 0)) ?? "lack";
  expect(await check()).toEqual({ files: FILES, given: FILES, gone: 0 });
  expect(shown.length).toBeGreaterThan(0);
});
