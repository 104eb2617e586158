import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SpaceId } from "#core/contract/ids.ts";
import type { FileVersion } from "#core/contract/version-models.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { createShares, untilRow } from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import { until } from "#core/testing/until.ts";
import {
  apart,
  untilStanding,
  untilTexts,
  versionsOf,
} from "#core/testing/writers.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

const PATH = "plan.txt";
/** Each change waits until its file is left alone, and goes over two folders. */
const LONG_MS = 120_000;

/** Settles the two for one of them, and undoes that. */
async function settleAndUndo(
  by: TestPerson,
  collection: SpaceId,
  chooses: (version: FileVersion) => boolean,
): Promise<void> {
  const seen = await untilStanding(by, collection, PATH, 2);
  const chosen = seen.versions.find((it) => it.isStanding && chooses(it));
  if (chosen === undefined) throw new Error("no such version");
  const keep = { kind: "version", version: chosen.version } as const;
  const { handlers } = by.core;
  const done = await handlers.resolveVersions({ collection, path: PATH, keep });
  await handlers.reopenVersions({ collection, path: PATH, ...done });
}

/** Waits until a person sees exactly two versions, of these sizes. */
async function untilTwo(
  person: TestPerson,
  collection: SpaceId,
  sizes: readonly number[],
): Promise<void> {
  await until(
    versionsOf(person, collection, PATH),
    (it) => {
      const standing = it?.versions.filter(({ isStanding }) => isStanding);
      const seen = standing?.map(({ content }) => content?.size ?? -1) ?? [];
      return seen.sort(ascending).join() === [...sizes].sort(ascending).join();
    },
    { timeoutMs: 20_000 },
  );
}

const ascending = (a: number, b: number): number => a - b;
const mine = ({ person }: FileVersion): boolean => person.isMe;
const theirs = ({ person }: FileVersion): boolean => !person.isMe;

for (const [which, chooses] of [
  ["mine", mine],
  ["theirs", theirs],
] as const)
  test(
    `EN5: after undoing a settlement for ${which}, both go on with their own version, and there are two`,
    { timeout: LONG_MS },
    async () => {
      const { ana, ben, collection, source, own } = await apart(shares);
      await settleAndUndo(ana, collection, chooses);
      await untilTexts(source, {
        "plan (Ben, then).txt": "plan of Ben",
        "plan.txt": "plan of Ana!",
      });
      await untilTexts(own, {
        "plan (Ana, then).txt": "plan of Ana!",
        "plan.txt": "plan of Ben",
      });
      // Whoever undid it writes next.
      await writeFile(join(source, PATH), "plan of Ana, again");
      for (const person of [ana, ben])
        await untilTwo(person, collection, [18, 11]);
      // Then the other, twice.
      for (const text of ["plan of Ben, too", "plan of Ben, at last"]) {
        await writeFile(join(own, PATH), text);
        for (const person of [ana, ben])
          await untilTwo(person, collection, [18, text.length]);
      }
      await untilTexts(source, {
        "plan (Ben, then).txt": "plan of Ben, at last",
        "plan.txt": "plan of Ana, again",
      });
      await untilTexts(own, {
        "plan (Ana, then).txt": "plan of Ana, again",
        "plan.txt": "plan of Ben, at last",
      });
      // Settled again, by the other one, nothing comes back.
      const seen = await untilStanding(ben, collection, PATH, 2);
      const version = seen.versions.find(
        (it) => it.isStanding && mine(it),
      )?.version;
      if (version === undefined) throw new Error("no version of Ben's");
      await ben.core.handlers.resolveVersions({
        collection,
        path: PATH,
        keep: { kind: "version", version },
      });
      for (const folder of [source, own])
        await untilTexts(folder, { "plan.txt": "plan of Ben, at last" });
      for (const person of [ana, ben])
        await untilStanding(person, collection, PATH, 1);
      expect([...ana.bugs, ...ben.bugs]).toEqual([]);
    },
  );

test(
  "EN5: after undoing a settlement, both write while one is away; after a restart there are two",
  { timeout: LONG_MS },
  async () => {
    const scene = await apart(shares);
    const { ana, collection, source, own } = scene;
    await settleAndUndo(ana, collection, theirs);
    await untilTexts(own, {
      "plan (Ana, then).txt": "plan of Ana!",
      "plan.txt": "plan of Ben",
    });
    await scene.ben.close();
    await writeFile(join(own, PATH), "plan of Ben, too");
    await writeFile(join(source, PATH), "plan of Ana, again");
    await untilTwo(ana, collection, [18, 11]);
    const ben = await scene.ben.restart();
    for (const person of [ana, ben])
      await untilTwo(person, collection, [18, 16]);
    await ana.close();
    const again = await ana.restart();
    await untilTwo(again, collection, [18, 16]);
    await untilTexts(source, {
      "plan (Ben, then).txt": "plan of Ben, too",
      "plan.txt": "plan of Ana, again",
    });
    expect([...ben.bugs, ...again.bugs]).toEqual([]);
  },
);

test("EN5: after undoing a settlement, whoever removes their version leaves the other's", async () => {
  const { ana, ben, collection, source } = await apart(shares);
  await settleAndUndo(ana, collection, mine);
  await untilTexts(source, {
    "plan (Ben, then).txt": "plan of Ben",
    "plan.txt": "plan of Ana!",
  });
  await rm(join(source, PATH));
  for (const person of [ana, ben]) {
    await untilTwo(person, collection, [-1, 11]);
    await untilRow(person, collection, (row) => row.files === 1);
    expect(person.bugs).toEqual([]);
  }
});
