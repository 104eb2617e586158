import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "valibot";
import { fileRootSchema } from "#core/contract/ids.ts";
import { ENTRIES_PER_SUBJECT } from "#core/contract/limits.ts";
import { NAMED_MIGRATION, Named } from "#core/files/named.ts";
import { writeSpaceLink } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import { FOLD_MIGRATION } from "#core/spaces/fold.ts";
import type { PlacedEntry } from "#core/spaces/fold.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import type { Space } from "#core/spaces/space.ts";
import type { Database } from "#core/storage/database.ts";
import { openIndex } from "#core/storage/databases.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { testPerson, testRef, testSpaceId } from "#core/testing/test-ids.ts";
import { untilTrue } from "#core/testing/until.ts";
import { FeedFold } from "./feed-fold.ts";
import { FEED_MIGRATION } from "./feed-tables.ts";

async function openFold() {
  const path = join(await tempFolder(), "index.db");
  const index = openIndex(path, [
    FOLD_MIGRATION,
    NAMED_MIGRATION,
    FEED_MIGRATION,
  ]);
  onTestFinished(() => index.close());
  const offers: { readonly link: SpaceLink }[] = [];
  const named = new Named(index);
  const fold = new FeedFold({
    index,
    named,
    onOffers: (seen) => offers.push(...seen),
  });
  return { index, fold, named, offers };
}

function feedOf(name: string, audience: "contacts" | "link"): Space {
  const founder = testPerson(name);
  return {
    id: testSpaceId(`${audience} of ${name}`),
    kind: "feed",
    charter: { v: 1, kind: "feed", founder, nonce: "0".repeat(32), audience },
    readKey: Buffer.alloc(32),
    logs: new Map(),
  };
}

/** Every table that is derived, without when things came to this device. */
function derivedIn(index: Database): unknown {
  const tables = ["posts", "profiles", "offers", "named"];
  return tables.map((table) =>
    index
      .all(`SELECT * FROM ${table}`, [], (row) => {
        const { arrived: _, shown_ms: __, ...rest } = row;
        return JSON.stringify(rest);
      })
      .toSorted(),
  );
}

const ROOT = parse(fileRootSchema, "y".repeat(52));
const file = {
  name: "a.png",
  alt: "",
  size: 5,
  changedAt: 1,
  mediaType: "image/png",
  chunkSize: 262_144,
  root: ROOT,
};
const collection: SpaceLink = {
  charter: {
    v: 1,
    kind: "collection",
    founder: testPerson("ana"),
    nonce: "1".repeat(32),
    policy: "closed",
  },
  readKey: Buffer.from("a key that must not be in the index".slice(0, 32)),
};

/** Some days in the lives of three people: about a hundred entries, in the order they were written. */
function history(seed: string): readonly PlacedEntry[] {
  const random = seededRandom(seed);
  const names = ["ana", "ben", "cleo"];
  const blocks = new Map<string, number>();
  const posts: PlacedEntry[] = [];
  const entries: PlacedEntry[] = [];
  for (let step = 0; step < 100; step++) {
    const name = random.pick(names);
    const space = feedOf(name, random.pick(["contacts", "link"] as const));
    const log = `${name} ${space.id}`;
    const block = (blocks.get(log) ?? 0) + 1;
    blocks.set(log, block);
    const about = posts.length > 0 ? random.pick(posts).ref : undefined;
    const written = deed(random.below(6), step, about);
    const placed: PlacedEntry = {
      ref: testRef(log, block),
      space,
      person: testPerson(name),
      // Many at one moment, so that ties are broken too.
      time: [1000 + random.below(20), 0],
      writtenAt: step,
      arrivedAt: 0,
      entry: written,
    };
    entries.push(placed);
    if (written.type === "post") posts.push(placed);
  }
  return entries;
}

function deed(kind: number, step: number, post: string | undefined): RawEntry {
  const text = `step ${String(step)}`;
  if (post === undefined || kind < 2)
    return {
      type: "post",
      id: text,
      text,
      attachments: step % 3 === 0 ? [file] : [],
      replyTo: step % 4 === 0 ? (post ?? null) : null,
    };
  switch (kind) {
    case 2:
      return { type: "edit", post, text, replaces: [post] };
    case 3:
      return step % 5 === 0
        ? { type: "withdraw", post }
        : { type: "profile", name: text, about: "", picture: file };
    case 4:
      return { type: "react", post, emoji: "👍", on: step % 3 !== 0 };
    default:
      return {
        type: "offer",
        link: writeSpaceLink(collection),
        title: text,
        offered: step % 2 === 0,
      };
  }
}

async function folded(
  entries: readonly PlacedEntry[],
  settleEvery: () => number,
): Promise<unknown> {
  const { index, fold } = await openFold();
  let left = settleEvery();
  for (const [at, entry] of entries.entries()) {
    fold.note({ ...entry, arrivedAt: at });
    left -= 1;
    if (left > 0) continue;
    fold.settle();
    left = settleEvery();
  }
  fold.settle();
  return derivedIn(index);
}

test.each(["one", "two", "three", "four", "five"])(
  "EN4: the index is the same in whatever order and in whatever slices entries came (seed %s)",
  async (seed) => {
    const entries = history(seed);
    const random = seededRandom(`order ${seed}`);
    const inOrder = await folded(entries, () => 1);
    for (let round = 0; round < 4; round++) {
      const shuffled = random.shuffle(entries);
      expect(await folded(shuffled, () => 1 + random.below(30))).toEqual(
        inOrder,
      );
    }
    // Noted twice, as after a crash between two stores: nothing changes.
    expect(await folded([...entries, ...entries], () => 7)).toEqual(inOrder);
  },
);

test("EN3: a post from far ahead is shown at the time it came, others at their own", async () => {
  const { index, fold } = await openFold();
  const day = 24 * 60 * 60 * 1000;
  const hour = 60 * 60 * 1000;
  const space = feedOf("ana", "link");
  const times = [10 * day, 10 * day - hour, 10 * day + 599_000, 11 * day];
  for (const [at, writtenAt] of times.entries())
    fold.note({
      ref: testRef("ana", at + 1),
      space,
      person: testPerson("ana"),
      time: [writtenAt, 0],
      writtenAt,
      arrivedAt: 10 * day,
      entry: { ...deed(0, 1, undefined) },
    });
  fold.settle();
  const shown = index.all(
    "SELECT shown_ms AS ms FROM posts ORDER BY ref",
    [],
    (row) => row,
  );
  expect(shown.map(({ ms }) => ms)).toEqual([
    10 * day,
    10 * day - hour,
    10 * day + 599_000,
    10 * day,
  ]);
});

test("SP8: offers are handed on with their keys, which are not kept in the index", async () => {
  const { index, fold, offers } = await openFold();
  fold.note({
    ref: testRef("ana", 1),
    space: feedOf("ana", "contacts"),
    person: testPerson("ana"),
    time: [1, 0],
    writtenAt: 1,
    arrivedAt: 1,
    entry: {
      type: "offer",
      link: writeSpaceLink(collection),
      title: "Photos",
      offered: true,
    },
  });
  fold.settle();
  await untilTrue(() => offers.length === 1);
  expect(offers[0]?.link).toEqual(collection);
  const kept = JSON.stringify([
    derivedIn(index),
    index.all("SELECT * FROM feed_entries", [], (row) => row),
  ]);
  expect(kept).toContain("Photos");
  expect(kept).not.toContain(writeSpaceLink(collection).readKey);
});

test("LI1: a flood about one post stops counting, and its author's log goes on", async () => {
  const { index, fold } = await openFold();
  const post = testRef("ana", 1);
  const note = (name: string, block: number, entry: RawEntry) => {
    fold.note({
      ref: testRef(name, block),
      space: feedOf(name, "contacts"),
      person: testPerson(name),
      time: [block, 0],
      writtenAt: block,
      arrivedAt: 1,
      entry,
    });
  };
  note("ana", 1, deed(0, 1, undefined));
  const flood = 2 * ENTRIES_PER_SUBJECT + 1;
  for (let at = 1; at <= flood; at++)
    note("ben", at, { type: "react", post, emoji: "👍", on: at % 2 === 1 });
  note("cleo", 1, { type: "react", post, emoji: "👍", on: true });
  note("ben", flood + 1, deed(0, 7, undefined));
  for (let at = 1; at <= flood; at++)
    note("dora", at, {
      type: "profile",
      name: `${at}`,
      about: "",
      picture: null,
    });
  fold.settle();
  const read = (sql: string) => index.all(sql, [], (row) => row);
  expect(read("SELECT count(*) AS n FROM feed_entries")).toEqual([
    { n: 1 + ENTRIES_PER_SUBJECT + 1 + 1 + 1 },
  ]);
  // The thousandth of Ben's took his reaction back.
  expect(read("SELECT reactions FROM posts ORDER BY ref")).toContainEqual({
    reactions: JSON.stringify([{ emoji: "👍", person: testPerson("cleo") }]),
  });
  expect(read("SELECT text FROM posts ORDER BY text")).toEqual([
    { text: "step 1" },
    { text: "step 7" },
  ]);
  expect(read("SELECT name FROM profiles")).toEqual([{ name: String(flood) }]);
});

test("a withdrawn post names its files no more", async () => {
  const { fold, named } = await openFold();
  const space = feedOf("ana", "contacts");
  const ref = testRef("ana", 1);
  const base = { space, person: testPerson("ana"), writtenAt: 1, arrivedAt: 1 };
  fold.note({ ...base, ref, time: [1, 0], entry: deed(0, 3, undefined) });
  fold.settle();
  expect(named.isNamed(ROOT, new Set([space.id]))).toBe(true);
  expect(named.isNamed(ROOT, new Set([testSpaceId("other")]))).toBe(false);
  fold.note({
    ...base,
    ref: testRef("ana", 2),
    time: [2, 0],
    entry: { type: "withdraw", post: ref },
  });
  fold.settle();
  expect(named.isNamed(ROOT, new Set([space.id]))).toBe(false);
});
