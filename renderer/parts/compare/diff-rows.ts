import { diffArrays, diffWordsWithSpace } from "diff";

/** A stretch of a line; `isNew` when the other side does not have it. */
export interface LinePart {
  readonly text: string;
  readonly isNew: boolean;
}

export interface DiffLine {
  /** From 1. */
  readonly number: number;
  readonly parts: readonly LinePart[];
}

/** A line on the left, on the right, or on both; `same` when they are alike. */
export interface DiffRow {
  readonly same: boolean;
  readonly left: DiffLine | null;
  readonly right: DiffLine | null;
}

export interface Difference {
  readonly rows: readonly DiffRow[];
  /** False when the two are too unlike to be compared line by line in time. */
  readonly isExact: boolean;
}

/** Comparing may take this long; a hostile pair would take hours. */
const WHOLE_MS = 800;
const WORDS_MS = 20;
/** Pairs of lines whose words are compared, and how long such a line may be. */
const MOST_PAIRS = 400;
const PAIR_CHARACTERS = 1_000;

/** What differs between two texts, line by line, and inside of lines that were changed. */
export function diffRows(
  before: readonly string[],
  after: readonly string[],
): Difference {
  const found = diffArrays([...before], [...after], { timeout: WHOLE_MS });
  if (found === undefined)
    return { rows: paired(before, after, 0, 0, false), isExact: false };
  const rows: DiffRow[] = [];
  let left = 0;
  let right = 0;
  let budget = MOST_PAIRS;
  for (let place = 0; place < found.length; place++) {
    const run = found[place];
    if (run === undefined) continue;
    const lines = run.value;
    if (!run.added && !run.removed) {
      for (const text of lines) rows.push(sameRow(text, ++left, ++right));
      continue;
    }
    // What was taken out and what was put in its place stand side by side.
    const next = found[place + 1];
    const isPair =
      next !== undefined &&
      ((run.removed && next.added) || (run.added && next.removed));
    const other = isPair ? next.value : [];
    const [gone, come] = run.removed ? [lines, other] : [other, lines];
    const isClose = Math.min(gone.length, come.length) <= budget;
    rows.push(...paired(gone, come, left, right, isClose));
    if (isClose) budget -= Math.min(gone.length, come.length);
    left += gone.length;
    right += come.length;
    if (isPair) place++;
  }
  return { rows, isExact: true };
}

function sameRow(text: string, left: number, right: number): DiffRow {
  const parts = [{ text, isNew: false }];
  return {
    same: true,
    left: { number: left, parts },
    right: { number: right, parts },
  };
}

function paired(
  gone: readonly string[],
  come: readonly string[],
  left: number,
  right: number,
  byWords: boolean,
): DiffRow[] {
  return Array.from(
    { length: Math.max(gone.length, come.length) },
    (_, place) => {
      const [old, young] = [gone[place], come[place]];
      const words = byWords ? compareWords(old, young) : null;
      const line = (
        text: string | undefined,
        parts: readonly LinePart[] | undefined,
        from: number,
      ) =>
        text === undefined
          ? null
          : {
              number: from + place + 1,
              parts: parts ?? [{ text, isNew: false }],
            };
      return {
        same: old !== undefined && old === young,
        left: line(old, words?.left, left),
        right: line(young, words?.right, right),
      };
    },
  );
}

/** The words that two lines do not share; null when they share too little to be worth marking. */
function compareWords(
  old: string | undefined,
  young: string | undefined,
): {
  readonly left: readonly LinePart[];
  readonly right: readonly LinePart[];
} | null {
  if (old === undefined || young === undefined) return null;
  if (Math.max(old.length, young.length) > PAIR_CHARACTERS) return null;
  const found = diffWordsWithSpace(old, young, { timeout: WORDS_MS });
  if (found === undefined) return null;
  const shared = found
    .filter((part) => !part.added && !part.removed)
    .reduce((sum, part) => sum + part.value.trim().length, 0);
  if (shared * 3 < Math.min(old.length, young.length)) return null;
  const side = (isOther: "added" | "removed", isNew: "added" | "removed") =>
    found
      .filter((part) => !part[isOther])
      .map((part) => ({ text: part.value, isNew: part[isNew] }));
  return { left: side("added", "removed"), right: side("removed", "added") };
}
