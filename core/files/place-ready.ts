import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  futimesSync,
  openSync,
  writeSync,
} from "node:fs";
import { CoreError } from "#core/contract/errors.ts";
import type { Content } from "./model.ts";
import type { KnownFile } from "./place-put.ts";

/** A received file, verified, that goes to its name. */
export interface Arrival {
  /** Absolute, in the destination's folder for unfinished files. Gone afterwards. */
  readonly temp: string;
  /** What is written to `temp` first; when left out it is there, whole. */
  readonly bytes?: Uint8Array;
  /** Where it belongs, from the destination's namer. */
  readonly parts: readonly string[];
  readonly content: Content;
  /** The author's time of the file, milliseconds since 1970; set on it if it is believable. */
  readonly changedAt: number;
  /** How we left the file that is there now, if we put it there; null keeps whatever is there. */
  readonly known: KnownFile | null;
}

/** A temporary file that is as it shall be found, and not synced yet. */
export interface Ready {
  readonly arrival: Arrival;
  readonly file: number;
  readonly left: KnownFile;
}

/** 1970 to 2100; what lies outside is no time of a file. */
const TIME_MAX_MS = 4_102_444_800_000;

/**
 * Makes the temporary file as it shall be found: whole, the author's time,
 * nothing that can be run. Close what it answers.
 * @throws `file-unreadable` when it is not there, or what the system said
 */
export function makeReady(arrival: Arrival): Ready {
  const { bytes, content, changedAt, parts } = arrival;
  // The naming layer saw to this; a bug there must not become a way out.
  if (parts.length === 0 || !parts.every(isPlainName))
    throw new Error("not a path inside the folder");
  const file = openTemp(arrival);
  try {
    if (bytes !== undefined)
      for (let at = 0; at < bytes.byteLength;) at += writeSync(file, bytes, at);
    if (changedAt >= 0 && changedAt < TIME_MAX_MS)
      futimesSync(file, changedAt / 1000, changedAt / 1000);
    const { size, mode, mtimeMs } = fstatSync(file);
    if (size !== content.size)
      throw new Error("not the file that was verified");
    if ((mode & 0o7111) !== 0) fchmodSync(file, mode & 0o666);
    return { arrival, file, left: { size, mtimeMs } };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** The destination is there, so a missing file is no missing folder. */
function openTemp({ temp, bytes, parts }: Arrival): number {
  if (bytes !== undefined) return openSync(temp, "wx", 0o644);
  try {
    return openSync(temp, constants.O_RDWR | constants.O_NOFOLLOW);
  } catch (error) {
    const name = parts.at(-1) ?? "";
    throw new CoreError("file-unreadable", { name }, error);
  }
}

function isPlainName(part: string): boolean {
  return part !== "" && part !== "." && part !== ".." && !/[/\\\0]/.test(part);
}
