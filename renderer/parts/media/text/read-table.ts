import { foreignText } from "#renderer/ui/foreign-text.ts";

/** Rows under the first that are drawn: a window draws no table of a million. */
export const TABLE_ROWS = 500;
export const TABLE_COLUMNS = 50;
/** Of one cell. */
const CELL_CHARACTERS = 1_000;

export interface TextTable {
  /** What stands in the first row. */
  readonly head: readonly string[];
  /** The rows under it, each as wide as the head. */
  readonly rows: readonly (readonly string[])[];
  /** All rows under the first, and the columns of the widest row. */
  readonly count: { readonly rows: number; readonly columns: number };
  /** Columns that hold nothing but numbers under their head. */
  readonly numbers: readonly boolean[];
  /** A cell was longer than what is shown of it. */
  readonly hasCutCells: boolean;
}

/**
 * Reads rows of values (RFC 4180), separated by commas, semicolons or tabs as
 * the first line has them, made safe to draw. What else programs write is read
 * as far as it goes: a quote that nobody closed is a letter, rows may be of
 * different widths, empty lines are none. Null when there is no row.
 *
 * @param isCut the text ends where it pleased us: its last row is not shown
 */
export function readTable(text: string, isCut: boolean): TextTable | null {
  const kept: (readonly string[])[] = [];
  const count = { rows: 0, columns: 0 };
  let hasCutCells = false;
  for (const row of rowsOf(text, isCut)) {
    count.rows++;
    count.columns = Math.max(count.columns, row.width);
    if (kept.length > TABLE_ROWS) continue;
    hasCutCells ||= row.cells.some((cell) => cell.length > CELL_CHARACTERS);
    kept.push(row.cells.map(safeCell));
  }
  const width = Math.min(count.columns, TABLE_COLUMNS);
  const [head, ...rows] = kept.map((cells) =>
    Array.from({ length: width }, (_, at) => cells[at] ?? ""),
  );
  if (head === undefined) return null;
  return {
    head,
    rows,
    count: { ...count, rows: count.rows - 1 },
    numbers: head.map((_, at) => areNumbers(rows.map((row) => row[at] ?? ""))),
    hasCutCells,
  };
}

interface Row {
  /** No more than are shown. */
  readonly cells: readonly string[];
  readonly width: number;
}

function* rowsOf(text: string, isCut: boolean): Generator<Row> {
  const separator = separatorOf(text);
  const end = new RegExp(`[${separator}\r\n]`, "gu");
  // After a quote that is never closed all quotes are letters, so that each letter is read twice at most.
  let areQuotesLetters = false;
  let at = 0;
  while (at < text.length) {
    const cells: string[] = [];
    let width = 0;
    let after: string;
    do {
      let words = "";
      if (text[at] === '"' && !areQuotesLetters) {
        const close = closingQuote(text, at, separator);
        if (close === null) areQuotesLetters = true;
        else {
          words = text.slice(at + 1, close).replaceAll('""', '"');
          at = close + 1;
        }
      }
      end.lastIndex = at;
      const next = end.exec(text)?.index ?? text.length;
      if (width++ < TABLE_COLUMNS) cells.push(words + text.slice(at, next));
      after = text[next] ?? "";
      at = next + 1;
    } while (after === separator);
    if (after === "\r" && text[at] === "\n") at++;
    if (after === "" && isCut) return;
    if (width > 1 || cells[0] !== "") yield { cells, width };
  }
}

/**
 * Where a quoted value ends: at a quote before a separator or the end of a
 * line. Null when it never does.
 */
function closingQuote(
  text: string,
  open: number,
  separator: string,
): number | null {
  let at = text.indexOf('"', open + 1);
  while (at >= 0) {
    const next = text[at + 1] ?? "\n";
    if ([separator, "\n", "\r"].includes(next)) return at;
    at = text.indexOf('"', at + (next === '"' ? 2 : 1));
  }
  return null;
}

/** What the first line has most of outside its quotes; of as many, what words hold less often. */
function separatorOf(text: string): string {
  const counts = new Map([
    ["\t", 0],
    [";", 0],
    [",", 0],
  ]);
  let isQuoted = false;
  for (const letter of text) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (letter === "\n" || letter === "\r") break;
    else {
      const before = counts.get(letter);
      if (before !== undefined) counts.set(letter, before + 1);
    }
  }
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one);
  return most === undefined || most[1] === 0 ? "," : most[0];
}

function safeCell(cell: string): string {
  return foreignText(
    cell.length > CELL_CHARACTERS ? `${cell.slice(0, CELL_CHARACTERS)}…` : cell,
  );
}

function areNumbers(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== "");
  return (
    filled.length > 0 &&
    filled.every((cell) =>
      /^\s*[-+−]?[\p{Sc}\s]*\d[\d.,'’\s]{0,40}[%\p{Sc}]?\s*$/u.test(cell),
    )
  );
}
