import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { entryRef } from "#core/contract/ids.ts";
import type { EntryRef, LogKey, PersonId } from "#core/contract/ids.ts";
import { CHUNK_MIN_BYTES, ENTRIES_PER_PATH } from "#core/contract/limits.ts";
import { NAMED_MIGRATION, Named } from "#core/files/named.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import type { PlacedEntry } from "#core/spaces/fold.ts";
import { Database } from "#core/storage/database.ts";
import { testCollection } from "#core/testing/test-collection.ts";
import { rootOfText } from "#core/testing/folded-collection.ts";
import { testLog, testPerson } from "#core/testing/test-ids.ts";
import { CollectionFold } from "./collection-fold.ts";
import { CollectionIndex } from "./collection-index.ts";
import { COLLECTION_MIGRATION } from "./collection-tables.ts";
import { CollectionWriters } from "./collection-writers.ts";

const ana = testPerson("ana");
const ben = testPerson("ben");
const cem = testPerson("cem");
const space = testCollection(ana);

function open(): Database {
  const index = new Database(":memory:", {
    durable: false,
    migrations: [NAMED_MIGRATION, COLLECTION_MIGRATION],
  });
  onTestFinished(() => index.close());
  return index;
}

function fold(
  index: Database,
  ...slices: readonly (readonly PlacedEntry[])[]
): void {
  const folding = new CollectionFold({
    index,
    named: new Named(index),
    isHere: () => false,
  });
  for (const slice of slices)
    index.transaction(() => {
      for (const entry of slice) folding.note(entry);
      folding.settle();
    });
}

/** An entry of the person's log, in this block, written at this time. */
function by(
  person: PersonId,
  log: LogKey,
  block: number,
  ms: number,
  entry: RawEntry,
): PlacedEntry {
  return {
    ref: entryRef(log, block, 0),
    space,
    person,
    time: [ms, 0],
    writtenAt: ms,
    arrivedAt: 100_000,
    entry,
  };
}

const logs = { ana: testLog("ana"), ben: testLog("ben"), cem: testLog("cem") };

function put(path: string, text: string, replaces: EntryRef[] = []): RawEntry {
  return {
    type: "put",
    path,
    size: text.length,
    changedAt: 1,
    mediaType: "text/plain",
    chunkSize: CHUNK_MIN_BYTES,
    root: rootOfText(text),
    replaces,
  };
}

function admit(person: PersonId, on: boolean, lengths: number[] = []) {
  const [length] = lengths;
  return {
    type: "admit",
    person,
    on,
    logs: length === undefined ? [] : [{ log: logs.ben, length }],
  };
}

function listed(index: Database): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    index.all(
      "SELECT path, root, versions, removed, person FROM collection_files ORDER BY path",
      [],
      ({ path, root, versions, removed, person }) => [
        String(path),
        { root, versions, removed, person },
      ],
    ),
  );
}

const row = (text: string, person: PersonId | null, versions = 1) => ({
  root: rootOfText(text),
  versions,
  removed: 0,
  person,
});

function everything(index: Database): unknown {
  return ["collections", "collection_writers", "collection_entries"]
    .concat("collection_files", "collection_folders", "named")
    .map((table) =>
      index.all(
        `SELECT * FROM ${table} ORDER BY 1, 2, 3`,
        [],
        ({ _metadata, id: _id, ...it }) => it,
      ),
    );
}

test("SP5: what a person writes counts from the founder's word on, whichever came first", () => {
  const index = open();
  fold(index, [by(ben, logs.ben, 1, 5, put("b.txt", "ben"))]);
  expect(listed(index)).toEqual({});
  fold(index, [by(ana, logs.ana, 1, 4, admit(ben, true))]);
  expect(listed(index)).toEqual({ "b.txt": row("ben", ben) });
});

test("SP5: nobody but the founder lets anybody write, nor describes the collection", () => {
  const index = open();
  fold(index, [
    by(ana, logs.ana, 1, 1, admit(ben, true)),
    by(ben, logs.ben, 1, 2, admit(cem, true)),
    by(ben, logs.ben, 2, 3, { type: "describe", title: "Mine", about: "" }),
    by(cem, logs.cem, 1, 4, put("c.txt", "cem")),
    by(cem, logs.cem, 2, 5, admit(cem, true)),
  ]);
  expect(listed(index)).toEqual({});
  expect(new CollectionIndex(index).described(space.id)?.title).toBe("");
  const { question } = new CollectionWriters(index);
  expect([
    question(space.id, ben, logs.ben),
    question(space.id, cem, logs.cem),
  ]).toEqual([Infinity, 0]);
});

test("SP5: who may write no more keeps what they wrote up to the named length, and no more", () => {
  const entries = [
    by(ana, logs.ana, 1, 1, admit(ben, true)),
    by(ben, logs.ben, 1, 2, put("one.txt", "one")),
    by(ben, logs.ben, 2, 3, put("two.txt", "two")),
    // Dated back, and to no avail: the length decides.
    by(ben, logs.ben, 3, 1, put("one.txt", "late", [entryRef(logs.ben, 1, 0)])),
    by(ana, logs.ana, 2, 9, admit(ben, false, [3])),
  ];
  const index = open();
  fold(index, entries);
  expect(listed(index)).toEqual({
    "one.txt": row("one", ben),
    "two.txt": row("two", ben),
  });
  const changed = () =>
    index.get("SELECT changed FROM collections", [], (it) => it["changed"]);
  expect(changed()).toBe(9);
  // A log the founder did not name counts for nothing.
  const phone = testLog("ben's phone");
  fold(index, [by(ben, phone, 1, 10, put("three.txt", "three"))]);
  expect(Object.keys(listed(index))).toEqual(["one.txt", "two.txt"]);
  // Let in again, all of it counts.
  fold(index, [by(ana, logs.ana, 3, 12, admit(ben, true))]);
  expect(listed(index)).toMatchObject({
    "one.txt": row("late", ben),
    "three.txt": row("three", ben),
  });
});

test("SP5: the founder's own word about themself changes nothing", () => {
  const index = open();
  fold(index, [
    by(ana, logs.ana, 1, 1, put("a.txt", "a")),
    by(ana, logs.ana, 2, 2, admit(ana, false)),
    by(ana, logs.ana, 3, 3, put("b.txt", "b")),
  ]);
  expect(Object.keys(listed(index))).toEqual(["a.txt", "b.txt"]);
});

test("EN5: a change that a removal did not know of stands, and the removal is told", () => {
  const first = entryRef(logs.ana, 2, 0);
  const index = open();
  fold(index, [
    by(ana, logs.ana, 1, 1, admit(ben, true)),
    by(ana, logs.ana, 2, 2, put("x", "old")),
    by(ben, logs.ben, 1, 3, put("x", "new", [first])),
    by(ana, logs.ana, 3, 4, { type: "remove", path: "x", replaces: [first] }),
  ]);
  expect(listed(index)).toEqual({ x: { ...row("new", ben), removed: 1 } });
});

test("HO1: what a writer says to replace on another path stays as it is", () => {
  const index = open();
  const first = entryRef(logs.ana, 2, 0);
  fold(index, [
    by(ana, logs.ana, 1, 1, admit(ben, true)),
    by(ana, logs.ana, 2, 2, put("x", "x")),
    by(ben, logs.ben, 1, 3, put("y", "y", [first])),
    by(ben, logs.ben, 2, 4, { type: "remove", path: "z", replaces: [first] }),
  ]);
  expect(Object.keys(listed(index))).toEqual(["x", "y"]);
});

test("LI1: beyond ten thousand entries of a writer about one path, none counts", () => {
  const index = open();
  const flood = Array.from({ length: ENTRIES_PER_PATH + 50 }, (_, at) =>
    by(ben, logs.ben, at + 1, at + 1, put("x", String(at))),
  );
  fold(index, [by(ana, logs.ana, 1, 1, admit(ben, true))], flood);
  expect(listed(index)).toEqual({
    x: row(String(ENTRIES_PER_PATH - 1), ben),
  });
});

/** Three people at work, with every kind of entry; blocks of a log in their order. */
const someHistory = fc
  .array(
    fc.record({
      who: fc.constantFrom("ana", "ben", "cem"),
      what: fc.constantFrom("put", "put", "put", "remove", "on", "off"),
      whom: fc.constantFrom(ben, cem),
      path: fc.constantFrom("a", "b/c"),
      text: fc.constantFrom("one", "two", "three"),
      ms: fc.nat(50),
      length: fc.nat(8),
      seen: fc.array(fc.nat(30), { maxLength: 3 }),
    }),
    { maxLength: 25 },
  )
  .map((deeds) => {
    const people = { ana, ben, cem };
    const lengths = { ana: 0, ben: 0, cem: 0 };
    const history: PlacedEntry[] = [];
    for (const { who, what, whom, path, text, ms, length, seen } of deeds) {
      if (who !== "ana" && who !== "ben" && who !== "cem") continue;
      const block = ++lengths[who];
      const replaces = seen.flatMap((at) => history[at]?.ref ?? []);
      const entry: RawEntry =
        what === "put"
          ? put(path, text, replaces)
          : what === "remove"
            ? { type: "remove", path, replaces }
            : admit(whom, what === "on", [length]);
      // A log's own order is that of its blocks (EN3).
      history.push(by(people[who], logs[who], block, block * 100 + ms, entry));
    }
    return history;
  });

test("EN4: admission and listing are the same in whatever order and slices logs arrive", () => {
  fc.assert(
    fc.property(
      someHistory,
      fc.array(fc.nat(2), { minLength: 30, maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      (history, turns, size) => {
        const whole = open();
        fold(whole, history);
        // Each log in its own order, the logs interleaved at random (blocks arrive so).
        const queues = [ana, ben, cem].map((person) =>
          history.filter((it) => it.person === person),
        );
        const order: PlacedEntry[] = [];
        while (queues.some((queue) => queue.length > 0)) {
          const turn = turns[order.length % turns.length] ?? 0;
          const queue = queues[turn] ?? [];
          const next =
            queue.shift() ?? queues.find((it) => it.length > 0)?.shift();
          if (next !== undefined) order.push(next);
        }
        const other = open();
        fold(
          other,
          ...order.flatMap((_, at) =>
            at % size === 0 ? [order.slice(at, at + size)] : [],
          ),
        );
        expect(everything(other)).toEqual(everything(whole));
      },
    ),
    { numRuns: 150 },
  );
});
