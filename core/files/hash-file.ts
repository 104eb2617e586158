import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
} from "node:fs";
import { basename } from "node:path";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { FileRoot } from "#core/contract/ids.ts";
import { CHUNK_MAX_BYTES } from "#core/contract/limits.ts";
import {
  chunkCount,
  chunkSizeFor,
  HASH_BYTES,
  hashChunk,
  rootOf,
} from "./chunks.ts";
import { HEAD_BYTES } from "#core/naming/media-type.ts";

/** What a file was when it was hashed. */
export interface FileHash {
  /** Bytes. */
  readonly size: number;
  readonly mtimeMs: number;
  readonly chunkSize: number;
  /** The chunks' hashes, one after another (FI2). */
  readonly list: Uint8Array<ArrayBuffer>;
  readonly root: FileRoot;
  /** The first bytes, which tell the type; see `HEAD_BYTES`. */
  readonly head: Uint8Array<ArrayBuffer>;
}

export interface HashProgress {
  /** Asked between reads; true ends the work. */
  isStopped(): boolean;
  /** Bytes of this file done so far; from 0 again when it is read again. */
  onBytes(done: number): void;
}

/** Bytes of one read, when chunks are not larger: it fits the processor's cache, which makes hashing faster. */
const READ_BYTES = 1024 * 1024;

/** How often a file that changes while it is read is read again. */
const TRIES = 3;

// A link in the place of the file is not followed, and a pipe does not block.
// Windows has neither flag; there both are undefined, which counts as 0 here.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const EMPTY = Buffer.alloc(0);

/**
 * Makes a function that reads and hashes one file with synchronous calls, in a
 * buffer of its own. For worker threads: it blocks.
 * @throws from the function: `file-unreadable` (also for what is no regular
 * file, or changed on each of three readings), `file-large`, `cancelled`
 */
export function createFileHash(): (
  path: string,
  progress: HashProgress,
) => FileHash {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_MAX_BYTES);

  return (path, progress) => {
    const name = basename(path);
    try {
      for (let tries = 0; tries < TRIES; tries++) {
        const hash = readOnce(path, name, progress);
        if (hash !== null) return hash;
      }
    } catch (error) {
      if (isCoreError(error)) throw error;
      throw new CoreError("file-unreadable", { name }, error);
    }
    throw new CoreError("file-unreadable", { name });
  };

  /** Null when the file changed meanwhile. */
  function readOnce(
    path: string,
    name: string,
    progress: HashProgress,
  ): FileHash | null {
    const fd = openSync(path, FLAGS);
    try {
      const before = fstatSync(fd);
      if (!before.isFile()) throw new CoreError("file-unreadable", { name });
      const { size, mtimeMs } = before;
      const chunkSize = chunkSizeFor(size, name);
      const read = readChunks(fd, size, chunkSize, progress);
      if (read === null) return null;
      const { list, head } = read;
      // By its path: the file may have been replaced by another one. A change
      // within one tick of the disk's clock is not seen here; each chunk is
      // checked against the list again before it is served.
      const after = lstatSync(path);
      const isSame =
        after.ino === before.ino &&
        after.size === size &&
        after.mtimeMs === mtimeMs;
      return isSame
        ? { size, mtimeMs, chunkSize, list, root: rootOf(list), head }
        : null;
    } finally {
      closeSync(fd);
    }
  }

  function readChunks(
    fd: number,
    size: number,
    chunkSize: number,
    progress: HashProgress,
  ): Pick<FileHash, "list" | "head"> | null {
    // Memory of its own, not a slice of Node's pool: it is sent to another thread.
    const list = new Uint8Array(chunkCount(size) * HASH_BYTES);
    if (size === 0) list.set(hashChunk(EMPTY));
    const head = new Uint8Array(Math.min(size, HEAD_BYTES));
    let index = 0;
    for (let done = 0; done < size;) {
      if (progress.isStopped()) throw new CoreError("cancelled", {});
      const wanted = Math.min(Math.max(chunkSize, READ_BYTES), size - done);
      if (!fill(fd, wanted)) return null;
      if (done === 0) head.set(buffer.subarray(0, head.byteLength));
      for (let at = 0; at < wanted; at += chunkSize) {
        const chunk = buffer.subarray(at, Math.min(at + chunkSize, wanted));
        list.set(hashChunk(chunk), index++ * HASH_BYTES);
      }
      done += wanted;
      progress.onBytes(done);
    }
    return { list, head };
  }

  /** Reads exactly `wanted` bytes; false when the file ends before. */
  function fill(fd: number, wanted: number): boolean {
    for (let got = 0; got < wanted;) {
      const read = readSync(fd, buffer, got, wanted - got, null);
      if (read === 0) return false;
      got += read;
    }
    return true;
  }
}
