import type { Value } from "./value.ts";

/** One statement, run once for each row of values. */
export interface Write {
  readonly sql: string;
  readonly rows: readonly (readonly Value[])[];
}

/** A write on its way to the thread; the rows are JSON where nothing in them is bytes. */
export interface SentWrite {
  readonly sql: string;
  readonly rows: string | Write["rows"];
}

/** Null when the disk has it, else what was thrown. */
export type WriteAnswer = string | null;

/** Text crosses to a thread many times as fast as the values in it do. */
export function sendWrite({ sql, rows }: Write): SentWrite {
  const hasBytes = rows.some((row) => row.some(Buffer.isBuffer));
  return { sql, rows: hasBytes ? rows : JSON.stringify(rows) };
}

export function receiveWrite({ sql, rows }: SentWrite): Write {
  if (typeof rows !== "string")
    return { sql, rows: rows.map((row) => row.map(asValue)) };
  const parsed: unknown = JSON.parse(rows);
  if (!isRows(parsed)) throw new Error("rows that are none");
  return { sql, rows: parsed };
}

/** It comes from this very program: that it is a list says enough. */
function isRows(value: unknown): value is Write["rows"] {
  return Array.isArray(value);
}

/** Bytes come without what Node adds to them. */
function asValue(value: Value | Uint8Array): Value {
  return value instanceof Uint8Array ? Buffer.from(value) : value;
}
