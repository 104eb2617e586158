import type { Stats } from "node:fs";
import { sep } from "node:path";
import { parse, picklist } from "valibot";
import { fileRootSchema } from "#core/contract/ids.ts";
import { int, text, type Row } from "#core/storage/database.ts";
import type { Holding } from "./model.ts";

/** A holding as it is written down. */
export interface KnownHolding extends Holding {
  /** The file was seen to be another one since. */
  readonly changed: boolean;
  /** Changed, though nobody wrote the file: it has its size and time, and other bytes. */
  readonly damaged: boolean;
}

/** What stands in the column `changed`; damage since 0.1 too. */
export const CHANGED = 1;
export const DAMAGED = 2;

const originSchema = picklist(["theirs", "mine", "attachment", "version"]);

/** A row of the table of holdings. */
export function readHolding(row: Row): KnownHolding {
  return {
    absolutePath: text(row, "path"),
    root: parse(fileRootSchema, text(row, "root")),
    size: int(row, "size"),
    chunkSize: int(row, "chunk_size"),
    mtimeMs: int(row, "mtime_ms"),
    origin: parse(originSchema, text(row, "origin")),
    changed: int(row, "changed") !== 0,
    damaged: int(row, "changed") === DAMAGED,
  };
}

/** In the byte order SQLite compares in. */
export function isBefore(one: string, other: string): boolean {
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) < 0;
}

/** The two ends of all paths inside a folder, in the byte order SQLite compares in. */
export function inside(folder: string): readonly [string, string] {
  const start = folder.endsWith(sep) ? folder : folder + sep;
  const end = start.slice(0, -1) + String.fromCharCode(sep.charCodeAt(0) + 1);
  return [start, end];
}

/** Whether what is seen at a path is the file that was verified (FI3). */
export function isAsVerified(
  seen: Stats,
  { size, mtimeMs }: Pick<Holding, "size" | "mtimeMs">,
): boolean {
  return seen.isFile() && seen.size === size && seen.mtimeMs === mtimeMs;
}
