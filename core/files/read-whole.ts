import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { codeOf } from "#core/base/system-error.ts";
import { hashChunk, isListOf } from "./chunks.ts";
import type { Holding } from "./model.ts";

/** Why bytes do not come: the file is another one now, or cannot be read at the moment. */
export type Lack = "changed" | "away";

/** A file to be read: of one chunk, and as it was when it was verified. */
export type Whole = Pick<Holding, "absolutePath" | "root" | "size" | "mtimeMs">;

// A link in the place of a file is not followed, a pipe does not block. Windows
// has neither flag; there both are undefined, which counts as 0.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Reads content in one chunk into `room`, which is of its size, if it still is
 * what it was (FI2, FI3). For a worker thread: it blocks.
 * @returns null when the bytes are there and verified
 */
export function readWhole(
  { absolutePath, root, size, mtimeMs }: Whole,
  room: Uint8Array,
): Lack | null {
  let file;
  try {
    file = openSync(absolutePath, FLAGS);
  } catch {
    return "away";
  }
  try {
    const seen = fstatSync(file);
    if (!seen.isFile() || seen.size !== size || seen.mtimeMs !== mtimeMs)
      return "changed";
    for (let at = 0; at < size;) {
      const read = readSync(file, room, at, size - at, at);
      if (read === 0) return "changed";
      at += read;
    }
    return isListOf(hashChunk(room), root, size) ? null : "changed";
  } catch (error) {
    // A disk that cannot read it has lost it; a drive that is unplugged this moment has not.
    return codeOf(error) === "EIO" ? "changed" : "away";
  } finally {
    closeSync(file);
  }
}
