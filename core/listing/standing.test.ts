import fc from "fast-check";
import { expect, test } from "vitest";
import { entryPlace, entryRef } from "#core/contract/ids.ts";
import type { EntryRef, LogKey } from "#core/contract/ids.ts";
import { testLog } from "#core/testing/test-ids.ts";
import { besideOf, standing } from "./standing.ts";
import type { Replacing } from "./standing.ts";

const LOGS = ["ana", "ben", "cem"].map(testLog);

function at(log: number, block: number): EntryRef {
  const key = LOGS[log % LOGS.length];
  if (key === undefined) throw new Error("no such log");
  return entryRef(key, block, 0);
}

function logOf(log: number): LogKey {
  return entryPlace(at(log, 1)).log;
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

test("EN5: after undoing a settlement, whoever of the two writes next, there are two versions", () => {
  const undone = [
    entry(a1),
    entry(a2, [a1]),
    entry(b1, [a1]),
    entry(a3, [a2, b1]),
    entry(at(0, 4), [a3], [b1]),
  ];
  // Ana, from her version, and Ben, from his: in either order, and apart.
  const anas = entry(at(0, 5), [a2, at(0, 4)], [b1]);
  const bens = [entry(b2, [b1]), entry(b3, [b2])];
  expect(besideOf(undone, logOf(0), anas.replaces)).toEqual([b1]);
  expect(besideOf(undone, logOf(1), [b1])).toEqual([]);
  expect(heads(...undone, anas)).toEqual([b1, anas.ref]);
  expect(heads(...undone, ...bens)).toEqual([at(0, 4), b3]);
  expect(heads(...undone, anas, ...bens)).toEqual([anas.ref, b3]);
  // Settled again, whatever stood beside what is settled does not come back.
  const settled = entry(at(0, 6), [anas.ref, b3]);
  expect(heads(...undone, anas, ...bens, settled)).toEqual([settled.ref]);
});

test("EN5: whoever removes their version of two leaves the other standing", () => {
  const undone = [
    entry(a1),
    entry(b1),
    entry(a2, [a1, b1]),
    entry(a3, [a2], [b1]),
  ];
  const beside = besideOf(undone, logOf(0), [a1, a3]);
  expect(heads(...undone, entry(at(0, 4), [a1, a3], beside))).toEqual([
    b1,
    at(0, 4),
  ]);
});

test("EN5: a version of one's own log that another one was written past stays, when it is named", () => {
  // Ana undid settling the two for Ben's, and went on from his, which lay in her folder.
  const undone = [
    entry(a1),
    entry(b1),
    entry(a2, [a1, b1]),
    entry(a3, [a2], [b1]),
  ];
  expect(besideOf(undone, logOf(0), [b1, a2])).toEqual([a3]);
  expect(heads(...undone, entry(at(0, 4), [b1, a2], [a3]))).toEqual([
    a3,
    at(0, 4),
  ]);
});

interface Writer {
  readonly log: number;
  seen: Map<EntryRef, Written>;
  blocks: number;
  /** The version that lies in their folder. */
  left: EntryRef | null;
  /** Their last settlement, as long as it can be undone. */
  settled: Written | null;
}

type Written = Replacing & { readonly content: string };

/** What the app does for a person, told by numbers; whole views are handed on now and then. */
const someSteps = fc.array(
  fc.record({
    who: fc.nat(2),
    what: fc.constantFrom("edit", "edit", "settle", "undo", "take"),
    which: fc.nat(3),
  }),
  { minLength: 5, maxLength: 40 },
);

function viewOf({ seen }: Writer): readonly Written[] {
  return standing([...seen.values()]);
}

function write(by: Writer, it: Omit<Written, "ref">): Written {
  by.blocks++;
  const written = { ref: at(by.log, by.blocks), ...it };
  by.seen.set(written.ref, written);
  by.left = written.ref;
  return written;
}

function step(
  writers: readonly Writer[],
  who: number,
  what: string,
  which: number,
) {
  const by = writers[who % writers.length];
  const from = writers[which % writers.length];
  if (by === undefined || from === undefined) throw new Error("nobody");
  const before = viewOf(by);
  if (what === "take") {
    const known = new Set(by.seen.keys());
    for (const [ref, it] of from.seen) by.seen.set(ref, it);
    const now = viewOf(by).map(({ ref }) => ref);
    // What stood, stands, or was replaced by name.
    const came = [...by.seen.values()].filter(({ ref }) => !known.has(ref));
    for (const { ref } of before)
      if (!now.includes(ref))
        expect(came.flatMap(({ replaces }) => replaces)).toContain(ref);
    by.settled = null;
    return;
  }
  const lies =
    before.find(({ ref }) => ref === by.left) ?? before[which % before.length];
  if (what === "edit") {
    const same = [...by.seen.values()].filter(
      ({ content }) => content === lies?.content,
    );
    const replaces = same.map(({ ref }) => ref);
    const beside = besideOf([...by.seen.values()], logOf(by.log), replaces);
    const content = `${String(by.log)} ${String(by.blocks)}`;
    const { ref } = write(by, { replaces, beside, content });
    const kept = before.filter((it) => !replaces.includes(it.ref));
    // Of what somebody sees, a change replaces what it was made from and nothing else.
    expect(new Set(viewOf(by).map((it) => it.ref))).toEqual(
      new Set([...kept.map((it) => it.ref), ref]),
    );
  } else if (what === "settle" && before.length > 1 && lies !== undefined) {
    const replaces = before.map(({ ref }) => ref);
    by.settled = write(by, { replaces, beside: [], content: lies.content });
    expect(viewOf(by)).toEqual([by.settled]);
  } else if (
    what === "undo" &&
    by.settled !== null &&
    before[0] === by.settled
  ) {
    const { ref, replaces } = by.settled;
    const old = replaces.flatMap((it) => by.seen.get(it) ?? []);
    const shown =
      old.find((it) => it.ref.startsWith(logOf(by.log))) ?? old.at(-1);
    if (shown === undefined) throw new Error("nothing settled");
    const beside = old.filter((it) => it !== shown).map((it) => it.ref);
    write(by, { replaces: [ref], beside, content: shown.content });
    by.settled = null;
    expect(new Set(viewOf(by).map(({ content }) => content))).toEqual(
      new Set(old.map(({ content }) => content)),
    );
  }
}

test("EN5: whatever several do in whatever order they hear of it, no version goes without being replaced by name", () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      const first = { ref: a1, replaces: [], beside: [], content: "first" };
      const writers = [0, 1, 2].map((log): Writer => ({
        log,
        seen: new Map([[a1, first]]),
        blocks: 1,
        left: a1,
        settled: null,
      }));
      for (const { who, what, which } of steps) step(writers, who, what, which);
    }),
    { numRuns: 2000 },
  );
});

test("EN5: two who hear of everything at once never see more than two versions", () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      const first = { ref: a1, replaces: [], beside: [], content: "first" };
      const seen = new Map<EntryRef, Written>([[a1, first]]);
      const writers = [0, 1].map((log): Writer => ({
        log,
        seen,
        blocks: 1,
        left: a1,
        settled: null,
      }));
      // Apart, once.
      for (const log of [0, 1]) {
        const ref = at(log, 2);
        seen.set(ref, {
          ref,
          replaces: [a1],
          beside: [],
          content: `apart ${String(log)}`,
        });
        for (const by of writers)
          if (by.log === log) {
            by.blocks = 2;
            by.left = ref;
          }
      }
      for (const { who, what, which } of steps) {
        step(writers, who % 2, what, which);
        const [ana, ben] = writers;
        if (ana !== undefined) expect(viewOf(ana).length).toBeLessThan(3);
        if (ben !== undefined) expect(viewOf(ben).length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 2000 },
  );
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
