import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "valibot";
import z32 from "z32";
import {
  entryRef,
  fileRootSchema,
  logKeySchema,
  personIdSchema,
} from "#core/contract/ids.ts";
import type { FileRoot, PersonId } from "#core/contract/ids.ts";
import { LOOK_PICTURE_BYTES } from "#core/contract/limits.ts";
import { createTrigger } from "#core/base/state.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { hashChunk } from "#core/files/chunks.ts";
import { NAMED_MIGRATION, Named } from "#core/files/named.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import type { PlacedEntry } from "#core/spaces/fold.ts";
import { Database } from "#core/storage/database.ts";
import { testCollection } from "#core/testing/test-collection.ts";
import { LookFold } from "./look-fold.ts";
import { LOOK_MIGRATION } from "./look-tables.ts";
import { Looks } from "./looks.ts";

const key = (name: string) => z32.encode(hashChunk(Buffer.from(name)));
const rootOf = (name: string): FileRoot => parse(fileRootSchema, key(name));
const person = (name: string): PersonId => parse(personIdSchema, key(name));
const log = (name: string) => parse(logKeySchema, key(name));

const ana = person("ana");
const ben = person("ben");
const film = rootOf("film");
const space = testCollection(ana);

let index: Database;
let blocksOfBen = 0;
beforeEach(() => {
  index = open();
  blocksOfBen = 0;
});
afterEach(() => index.close());

function open(): Database {
  return new Database(":memory:", {
    durable: false,
    migrations: [NAMED_MIGRATION, LOOK_MIGRATION],
  });
}

function look(more: RawEntry | object = {}): RawEntry {
  return {
    type: "look",
    root: film,
    width: 640,
    height: 360,
    durationMs: 90_000,
    picture: { root: rootOf("small"), size: 2_000, mediaType: "image/webp" },
    ...more,
  };
}

function placed(
  block: number,
  entry: RawEntry,
  by: PersonId = ana,
): PlacedEntry {
  const at = block * 100;
  return {
    ref: entryRef(log(by), block, 0),
    space,
    person: by,
    time: [at, 0],
    writtenAt: at,
    arrivedAt: 10_000,
    entry,
  };
}

function fold(entries: readonly PlacedEntry[], into = index): void {
  const folding = new LookFold(into, new Named(into));
  for (const entry of entries) {
    folding.note(entry);
    folding.settle();
  }
}

function looks(from = index): Looks {
  return new Looks({
    index: from,
    local: from,
    spaces: {
      append: () => Promise.reject(new Error("not here")),
      mayWrite: () => true,
    },
    holdings: { find: () => [] },
    exchange: { tell: () => undefined },
    content: { keepBytes: () => Promise.reject(new Error("not here")) },
    clock: createManualClock(),
    folded: createTrigger(),
    writers: () => blocksOfBen,
  });
}

const seen = {
  width: 640,
  height: 360,
  durationMs: 90_000,
  picture: { root: rootOf("small"), size: 2_000 },
};

test("FI12: what the founder says of a content is known with the listing", () => {
  fold([placed(1, look())]);
  expect(looks().of(space.id, film)).toEqual(seen);
  expect(looks().of(space.id, rootOf("other"))).toBeNull();
});

test("FI5: the small picture is named by its space, and only the one that stands", () => {
  const later = { root: rootOf("later"), size: 9, mediaType: "image/jpeg" };
  fold([placed(1, look()), placed(2, look({ picture: later }))]);
  const named = new Named(index);
  expect(named.spacesOf(rootOf("later"))).toEqual([space.id]);
  expect(named.find(rootOf("later"))?.mediaType).toBe("image/jpeg");
  expect(named.find(rootOf("small"))).toBeNull();
});

test("EN4: looks stand the same whatever order they came in", () => {
  const entries = [
    placed(1, look({ width: 1, height: 1 })),
    placed(2, look({ width: 2, height: 2 })),
    placed(1, look({ width: 3, height: 3 }), ben),
    placed(3, look({ width: 4, height: 4, picture: null })),
  ];
  const other = open();
  fold(entries);
  fold(entries.toReversed(), other);
  expect(looks(other).of(space.id, film)).toEqual(looks().of(space.id, film));
  expect(looks().of(space.id, film)).toMatchObject({ width: 4 });
  expect(new Named(other).spacesOf(rootOf("small"))).toEqual(
    new Named(index).spacesOf(rootOf("small")),
  );
  return other.close();
});

test("SP5: a writer's word counts as far as the founder lets it, and behind the founder's", () => {
  fold([placed(5, look({ width: 7, height: 7 }), ben)]);
  expect(looks().of(space.id, film)).toBeNull();
  blocksOfBen = 5;
  expect(looks().of(space.id, film)).toBeNull();
  blocksOfBen = 6;
  expect(looks().of(space.id, film)).toMatchObject({ width: 7 });
  fold([placed(1, look())]);
  expect(looks().of(space.id, film)).toEqual(seen);
});

test.each([
  ["a picture larger than any", { size: LOOK_PICTURE_BYTES + 1 }],
  ["a picture of nothing", { size: 0 }],
  ["a picture that could hold a script", { mediaType: "image/svg+xml" }],
  ["a page for a picture", { mediaType: "text/html" }],
])("FI12: %s is not shown, and nothing is fetched for it", (_, wrong) => {
  const picture = { root: rootOf("small"), size: 10, mediaType: "image/webp" };
  fold([placed(1, look({ picture: { ...picture, ...wrong } }))]);
  expect(looks().of(space.id, film)).toBeNull();
  expect(new Named(index).find(rootOf("small"))).toBeNull();
});

test.each([
  { width: 0 },
  { width: -1 },
  { width: 1.5 },
  { width: 1e9 },
  { height: null },
  { durationMs: -1 },
  { durationMs: 1e15 },
  { durationMs: "1" },
  { root: "x" },
  { picture: undefined },
])("FI12: a look that says %o says nothing", (wrong) => {
  fold([placed(1, look(wrong))]);
  expect(looks().of(space.id, film)).toBeNull();
});

test("a look in a feed is none", () => {
  const entry = placed(1, look());
  fold([{ ...entry, space: { ...space, kind: "feed" } }]);
  expect(looks().of(space.id, film)).toBeNull();
});
