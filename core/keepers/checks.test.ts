import { expect, test } from "vitest";
import type { LogKey, PersonId } from "#core/contract/ids.ts";
import { newNonce, newReadKey } from "#core/spaces/charter.ts";
import type { Log } from "#core/storage/log.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { createSessionPair } from "#core/testing/session-pair.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { Checks } from "./checks.ts";
import { FileChecks } from "./file-checks.ts";
import { GivenFiles } from "./given-files.ts";
import { openKeepLine } from "./keep-line.ts";
import type { KeepEvents, KeepLine } from "./keep-line.ts";
import { Proofs } from "./proofs.ts";
import { openSealedLine } from "./sealed-line.ts";

const office = testPerson("office");
const POSTS = 40;

/** What a keeper does when it is asked for a block. */
type Answer = (log: Log, index: number) => Promise<Buffer | null>;
const honest: Answer = (log, index) => log.readSealed(index);

async function setUp() {
  const device = await openSpaceDevice("ana");
  const { spaces, stores, identity } = device;
  const random = seededRandom("checks");
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
  for (let n = 0; n < POSTS; n++)
    await spaces.append(space.id, [
      { type: "post", text: `post ${String(n)}` },
    ]);
  const [log] = [...space.logs.values()].map((it) => it.log);
  if (log === undefined) throw new Error("no log");

  let answer = honest;
  const [mine, theirs] = await createSessionPair(new Set());
  const silent: KeepEvents = {
    onPledge: () => Promise.resolve(),
    onWish: () => Promise.resolve(),
    onGive: () => Promise.resolve(),
    onOnly: () => Promise.resolve(),
    onRead: () => Promise.resolve(),
    onList: () => Promise.resolve(),
    onHeld: () => undefined,
    onAskBlock: (_line: KeepLine, _log: LogKey, index) => answer(log, index),
  };
  const noFiles = {
    missing: () => [],
    part: () => Promise.resolve(null),
    put: () => Promise.resolve("refused" as const),
    drop: () => Promise.resolve(),
  };
  const line = openKeepLine(mine, silent);
  const sealed = openSealedLine(mine, noFiles);
  openKeepLine(theirs, silent);
  openSealedLine(theirs, noFiles);

  const shown: (readonly [PersonId, number])[] = [];
  const clock = createManualClock();
  const proofs = new Proofs(stores.local);
  const checks = new Checks({
    proofs,
    files: new FileChecks({
      proofs,
      given: new GivenFiles(stores.local),
      named: { inSpace: () => [] },
      current: { of: () => [] },
      reader: () => null,
      random,
    }),
    readable: { check: () => Promise.resolve(null) },
    targets: () => [
      { line, sealed, person: office, isBlind: true, spaces: [space] },
    ],
    claimed: () => 0,
    onShown: (person, _log, length) => {
      shown.push([person, length]);
    },
    clock,
    random,
    logger: device.logger,
  });
  return {
    checks,
    shown,
    bugs: device.bugs,
    /** The keeper says this much and answers so; what is made of it. */
    async claim(length: number, how: Answer) {
      answer = how;
      const checked = new Promise<void>((resolve) => {
        const end = checks.changed.subscribe(() => {
          end();
          resolve();
        });
      });
      checks.claim(office, log.key, length);
      clock.advance(1_000);
      await checked;
      return checks.coverage(office, [space]);
    },
    log,
  };
}

test("KE5: nothing is believed before it was shown", async () => {
  const { checks, log, shown, claim, bugs } = await setUp();
  expect(checks.coverage(office, [])).toMatchObject({ share: null });
  expect(await claim(log.length, honest)).toMatchObject({ share: 1, gone: 0 });
  expect(shown).toEqual([[office, POSTS + 1]]);
  expect(bugs).toEqual([]);
});

test("KE5: a keeper that says it has everything and shows nothing covers nothing", async () => {
  const { log, shown, claim } = await setUp();
  const coverage = await claim(log.length, () => Promise.resolve(null));
  expect(coverage).toMatchObject({ share: 0, gone: 0 });
  expect(shown).toEqual([[office, 0]]);
});

test("KE5: a keeper that rolls back is noticed, and is no copy of what is gone", async () => {
  const { log, shown, claim } = await setUp();
  await claim(log.length, honest);
  const coverage = await claim(log.length - 12, honest);
  expect(coverage).toMatchObject({ share: (POSTS - 12) / POSTS, gone: 12 });
  expect(shown.at(-1)).toEqual([office, POSTS + 1 - 12]);
  // It may make good for it.
  expect(await claim(log.length, honest)).toMatchObject({ share: 1, gone: 0 });
});

test("KE5: a keeper that withholds blocks it says to have is noticed, and so is one that invents them", async () => {
  const { log, claim } = await setUp();
  await claim(log.length, honest);
  const withheld = await claim(log.length, (it, index) =>
    index < 29 ? honest(it, index) : Promise.resolve(null),
  );
  expect(withheld).toMatchObject({ share: 28 / POSTS, gone: 12 });
  const invented = await claim(log.length, async (it, index) => {
    const block = await honest(it, index);
    if (index >= 35) block?.fill(7);
    return block;
  });
  expect(invented).toMatchObject({ share: 34 / POSTS, gone: 6 });
});
