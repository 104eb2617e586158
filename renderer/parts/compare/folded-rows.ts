import type { DiffRow } from "./diff-rows.ts";

/** A row of a comparison, or a run of like rows that is folded away. */
export type ShownRow =
  | { readonly kind: "row"; readonly row: DiffRow; readonly at: number }
  | { readonly kind: "fold"; readonly from: number; readonly count: number };

/** Like lines kept around each difference. */
const AROUND = 3;
/** Fewer than this are not worth a fold. */
const LEAST = 4;

/** Folds away what is alike; `open` holds the beginnings of runs that a person unfolded. */
export function foldedRows(
  rows: readonly DiffRow[],
  open: ReadonlySet<number>,
): readonly ShownRow[] {
  const shown: ShownRow[] = [];
  const show = (from: number, to: number) => {
    for (let at = from; at < to; at++) {
      const row = rows[at];
      if (row !== undefined) shown.push({ kind: "row", row, at });
    }
  };
  for (let at = 0; at < rows.length;) {
    let end = at;
    while (end < rows.length && rows[end]?.same === true) end++;
    if (end === at) {
      show(at, ++at);
      continue;
    }
    const from = at === 0 ? at : at + AROUND;
    const to = end === rows.length ? end : end - AROUND;
    if (to - from < LEAST || open.has(from)) show(at, end);
    else {
      show(at, from);
      shown.push({ kind: "fold", from, count: to - from });
      show(to, end);
    }
    at = end;
  }
  return shown;
}
