import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as v from "valibot";
import z32 from "z32";
import {
  entryRef,
  fileRootSchema,
  logKeySchema,
  personIdSchema,
} from "#core/contract/ids.ts";
import type { EntryRef, FileRoot } from "#core/contract/ids.ts";
import { NAMED_MIGRATION, Named } from "#core/files/named.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import type { PlacedEntry } from "#core/spaces/fold.ts";
import { Database } from "#core/storage/database.ts";
import { testCollection } from "#core/testing/test-collection.ts";
import { CollectionFold } from "./collection-fold.ts";
import { COLLECTION_MIGRATION } from "./collection-tables.ts";
import { CollectionIndex } from "./collection-index.ts";

/** A key that belongs to a name, the same in each run. */
function key(name: string): string {
  return z32.encode(createHash("sha256").update(name).digest());
}
const root = (name: string): FileRoot => v.parse(fileRootSchema, key(name));
const logA = v.parse(logKeySchema, key("log a"));
const logB = v.parse(logKeySchema, key("log b"));

const space = testCollection(v.parse(personIdSchema, key("ana")));

function placed(ref: EntryRef, ms: number, entry: RawEntry): PlacedEntry {
  return {
    ref,
    space,
    person: space.charter.founder,
    time: [ms, 0],
    writtenAt: ms,
    arrivedAt: 10_000,
    entry,
  };
}

function put(path: string, content: string, replaces: EntryRef[] = []) {
  return {
    type: "put",
    path,
    size: content.length,
    changedAt: 1,
    mediaType: "text/plain",
    chunkSize: 256 * 1024,
    root: root(content),
    replaces,
  };
}

let index: Database;
let here: ReadonlySet<FileRoot>;

beforeEach(() => {
  here = new Set();
  index = open();
});
afterEach(() => index.close());

function open(): Database {
  return new Database(":memory:", {
    durable: false,
    migrations: [NAMED_MIGRATION, COLLECTION_MIGRATION],
  });
}

function foldInto(
  database: Database,
  slices: readonly (readonly PlacedEntry[])[],
): void {
  const fold = new CollectionFold({
    index: database,
    named: new Named(database),
    isHere: (it) => here.has(it),
  });
  for (const slice of slices)
    database.transaction(() => {
      for (const entry of slice) fold.note(entry);
      fold.settle();
    });
}

function fold(...slices: readonly (readonly PlacedEntry[])[]): void {
  foldInto(index, slices);
}

function rows(database: Database, sql: string): readonly unknown[] {
  return database.all(sql, [], ({ _metadata, ...row }) => row);
}

function everything(database: Database): unknown {
  return [
    "SELECT * FROM collections",
    "SELECT * FROM collection_entries",
    "SELECT * FROM collection_files",
    "SELECT * FROM collection_folders",
    "SELECT * FROM named",
  ].map((sql) => rows(database, sql));
}

const a1 = entryRef(logA, 1, 0);
const a2 = entryRef(logA, 2, 0);
const a3 = entryRef(logA, 3, 0);
const b1 = entryRef(logB, 1, 0);
const b2 = entryRef(logB, 2, 0);

const history: readonly PlacedEntry[] = [
  placed(entryRef(logA, 1, 5), 1, { type: "describe", title: "T", about: "" }),
  placed(entryRef(logB, 1, 5), 1, { type: "describe", title: "U", about: "x" }),
  placed(a1, 1, put("a/one.txt", "first")),
  placed(a2, 2, put("a/one.txt", "second!", [a1])),
  placed(b1, 3, put("a/one.txt", "other", [a1])),
  placed(a3, 4, { type: "remove", path: "a/b/gone.txt", replaces: [b2] }),
  placed(b2, 2, put("a/b/gone.txt", "gone")),
  placed(entryRef(logB, 3, 0), 5, put("top.txt", "top")),
  placed(entryRef(logB, 4, 0), 6, put("a/b/c/deep.txt", "deep")),
];

test("EN4: a collection is the same in whatever order and slices its entries arrive", () => {
  here = new Set([root("top"), root("other")]);
  fold(history);
  const whole = everything(index);
  for (let round = 0; round < 60; round++) {
    const order = history
      .map((entry) => ({ entry, at: key(`${entry.ref} ${String(round)}`) }))
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .map(({ entry }) => entry);
    const other = open();
    const size = 1 + (round % 4);
    const slices = order.flatMap((_, at) =>
      at % size === 0 ? [order.slice(at, at + size)] : [],
    );
    foldInto(other, slices);
    expect(everything(other)).toEqual(whole);
  }
});

test("EN5: two puts that replace the same one are two versions, and all of a file can be fetched while it stands", () => {
  fold(history);
  expect(
    rows(
      index,
      "SELECT root, versions FROM collection_files WHERE path = 'a/one.txt'",
    ),
  ).toEqual([{ root: root("other"), versions: 2 }]);
  const named = new Named(index);
  expect(named.isNamed(root("second!"), new Set([space.id]))).toBe(true);
  // Earlier versions too: whoever holds one may be asked for it.
  expect(named.isNamed(root("first"), new Set([space.id]))).toBe(true);
  expect(named.isNamed(root("gone"), new Set([space.id]))).toBe(false);
  expect(
    new Set(new CollectionIndex(index).currentRefs(space.id, "a/one.txt")),
  ).toEqual(new Set([a2, b1]));
});

test("EN5: a put that replaces both versions leaves one", () => {
  fold(history, [
    placed(entryRef(logA, 9, 0), 9, put("a/one.txt", "merged", [a2, b1])),
  ]);
  expect(
    rows(
      index,
      "SELECT root, versions FROM collection_files WHERE path = 'a/one.txt'",
    ),
  ).toEqual([{ root: root("merged"), versions: 1 }]);
});

test("a removal that did not know of a new version leaves it standing", () => {
  fold([
    placed(a1, 1, put("x", "old")),
    placed(a2, 2, put("x", "new", [a1])),
    placed(b1, 3, { type: "remove", path: "x", replaces: [a1] }),
  ]);
  expect(rows(index, "SELECT root FROM collection_files")).toEqual([
    { root: root("new") },
  ]);
});

test("folders know how much lies below them, and vanish with their last file", () => {
  here = new Set([root("deep")]);
  fold(history);
  const sums = `SELECT path, files, bytes, here_files, here_bytes, direct_files
    FROM collection_folders ORDER BY path`;
  const row = (
    path: string,
    files: number,
    bytes: number,
    direct: number,
  ): unknown => ({
    path,
    files,
    bytes,
    here_files: 1,
    here_bytes: 4,
    direct_files: direct,
  });
  expect(rows(index, sums)).toEqual([
    row("", 3, 12, 1),
    row("a", 2, 9, 1),
    row("a/b", 1, 4, 0),
    row("a/b/c", 1, 4, 1),
  ]);
  fold([
    placed(entryRef(logA, 9, 0), 9, {
      type: "remove",
      path: "a/b/c/deep.txt",
      replaces: new CollectionIndex(index).currentRefs(
        space.id,
        "a/b/c/deep.txt",
      ),
    }),
  ]);
  expect(rows(index, "SELECT path FROM collection_folders")).toEqual([
    { path: "" },
    { path: "a" },
  ]);
});

test("HO1: entries that break a rule are left out, the rest stands", () => {
  const good = put("good.txt", "good");
  const ref = (at: number): EntryRef => entryRef(logA, 1, at);
  fold([
    placed(ref(0), 1, { ...good, path: "../up.txt" }),
    placed(ref(1), 1, { ...good, path: "/etc/passwd" }),
    placed(ref(2), 1, { ...good, path: "C:\\x" }),
    placed(ref(3), 1, { ...good, path: "" }),
    placed(ref(4), 1, { ...good, chunkSize: 1024 }),
    placed(ref(5), 1, { ...good, size: -1 }),
    placed(ref(6), 1, { ...good, root: "nonsense" }),
    placed(ref(7), 1, { type: "dance", path: "good.txt" }),
    placed(ref(8), 1, good),
  ]);
  expect(rows(index, "SELECT path FROM collection_files")).toEqual([
    { path: "good.txt" },
  ]);
});

test("the collection was changed when its latest entry was written, not when a wrong clock says (EN3)", () => {
  fold([placed(a1, 5_000, put("x", "x")), placed(a2, 4_000, put("y", "y"))]);
  expect(rows(index, "SELECT changed FROM collections")).toEqual([
    { changed: 5_000 },
  ]);
  fold([placed(a3, 10 ** 12, put("z", "z"))]);
  expect(rows(index, "SELECT changed FROM collections")).toEqual([
    { changed: 10_000 },
  ]);
});
