import fc from "fast-check";
import { expect, test } from "vitest";
import { entryRef } from "#core/contract/ids.ts";
import type { EntryRef } from "#core/contract/ids.ts";
import { testLog } from "#core/testing/test-ids.ts";
import { standing } from "./standing.ts";
import type { Replacing } from "./standing.ts";

const LOGS = ["ana", "ben", "cem"].map(testLog);

function at(log: number, block: number): EntryRef {
  const key = LOGS[log % LOGS.length];
  if (key === undefined) throw new Error("no such log");
  return entryRef(key, block, 0);
}

function entry(
  ref: EntryRef,
  replaces: readonly EntryRef[] = [],
  beside: readonly EntryRef[] = [],
): Replacing {
  return { ref, replaces, beside };
}

function heads(...entries: readonly Replacing[]): readonly EntryRef[] {
  return standing(entries).map(({ ref }) => ref);
}

const [a1, a2, a3] = [at(0, 1), at(0, 2), at(0, 3)];
const [b1, b2, b3] = [at(1, 1), at(1, 2), at(1, 3)];

test("EN5: two that replace the same one both stand, until one replaces both", () => {
  const clash = [entry(a1), entry(a2, [a1]), entry(b1, [a1])];
  expect(heads(...clash)).toEqual([a2, b1]);
  expect(heads(...clash, entry(b2, [a2, b1]))).toEqual([b2]);
});

test("of one log only the last stands, whatever it names", () => {
  expect(heads(entry(a1), entry(a2), entry(a3))).toEqual([a3]);
  expect(heads(entry(a3), entry(a1), entry(a2))).toEqual([a3]);
});

test("HO1: an entry that names one of the future, which answers it, silences nobody", () => {
  // Ben guesses what Ana will write and says that his replaces it.
  const guess = entry(b1, [a1, a2, a3, at(0, 4)]);
  expect(heads(entry(a1), entry(a2, [b1]), guess)).toEqual([a2, b1]);
  expect(heads(guess, entry(a3, [b1]), entry(a2, [b1]))).toEqual([b1, a3]);
});

test("HO1: a ring through several logs leaves none out", () => {
  const ring = [entry(a1, [b1]), entry(b1, [at(2, 1)]), entry(at(2, 1), [a1])];
  expect(heads(...ring)).toEqual([a1, b1, at(2, 1)]);
  expect(heads(...ring, entry(b2, [a1, at(2, 1)]))).toEqual([b2]);
});

test("a version that is named beside one stands as long as that one does", () => {
  const clash = [entry(a1), entry(a2, [a1]), entry(b1, [a1])];
  const settled = [...clash, entry(a3, [a2, b1])];
  const undone = [...settled, entry(at(0, 4), [a3], [b1])];
  expect(heads(...settled)).toEqual([a3]);
  expect(heads(...undone)).toEqual([b1, at(0, 4)]);
  expect(heads(...undone, entry(b2, [at(0, 4), b1]))).toEqual([b2]);
});

const someRef = fc
  .tuple(fc.nat(2), fc.integer({ min: 1, max: 8 }))
  .map(([log, block]) => at(log, block));
const someEntries = fc
  .uniqueArray(
    fc.record({
      ref: someRef,
      replaces: fc.array(someRef, { maxLength: 4 }),
      beside: fc.array(someRef, { maxLength: 2 }),
    }),
    { selector: ({ ref }) => ref, maxLength: 20 },
  )
  .map((entries): readonly Replacing[] => entries);

test("EN4, EN5: whatever entries say, something stands, and what it is does not depend on their order", () => {
  fc.assert(
    fc.property(
      someEntries,
      fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
      (entries, keys) => {
        const whole = new Set(heads(...entries));
        if (entries.length > 0) expect(whole.size).toBeGreaterThan(0);
        const other = entries
          .map((it, index) => ({ it, key: keys[index] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ it }) => it);
        expect(new Set(heads(...other))).toEqual(whole);
      },
    ),
    { numRuns: 500 },
  );
});

test("EN5: a writer who saw everything that stands leaves one version", () => {
  fc.assert(
    fc.property(someEntries, (entries) => {
      const known = heads(...entries);
      const last = entry(at(0, 99), known);
      expect(heads(...entries, last)).toEqual([last.ref]);
    }),
  );
});

test("LI1: ten thousand entries in one ring are looked through without a crash", () => {
  const many = Array.from({ length: 10_000 }, (_, block) =>
    entry(at(block % 3, block + 1), [at((block + 1) % 3, block + 2)]),
  );
  const all = [...many, entry(b3, [])];
  expect(heads(...all).length).toBeGreaterThan(0);
});
