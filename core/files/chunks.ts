import { blake3 } from "@napi-rs/blake-hash";
import { parse } from "valibot";
import z32 from "z32";
import { CoreError } from "#core/contract/errors.ts";
import { fileRootSchema, type FileRoot } from "#core/contract/ids.ts";
import {
  CHUNK_MAX_BYTES,
  CHUNK_MIN_BYTES,
  CHUNKS_PER_FILE,
} from "#core/contract/limits.ts";

/*
 * BLAKE3 comes from a native package with prebuilds for every system the app is
 * made for, and a WebAssembly build for others. Should it ever be missing, any
 * other BLAKE3 gives the same bytes: this file and the hash worker are the only
 * places that name the package.
 */

/** Bytes of one hash, of one entry of a chunk list, and of a root. */
export const HASH_BYTES = 32;

/** The largest file that can be shared: 256 GiB, the longest list of the largest chunks. */
export const FILE_BYTES = CHUNK_MAX_BYTES * CHUNKS_PER_FILE;

/**
 * Bytes of each chunk but the last: the smallest power of two from 256 KiB to
 * 4 MiB that keeps the list within 65,536 entries (FI1). It follows from the
 * size alone, so a foreign record that says otherwise is wrong.
 * @throws `file-large`, with `name`, when even the largest chunks are too many
 */
export function chunkSizeFor(size: number, name = ""): number {
  let chunkSize = CHUNK_MIN_BYTES;
  while (size > chunkSize * CHUNKS_PER_FILE) {
    if (chunkSize === CHUNK_MAX_BYTES)
      throw new CoreError("file-large", { name, limitBytes: FILE_BYTES });
    chunkSize *= 2;
  }
  return chunkSize;
}

/** Whether a foreign record's size and chunk size can belong together (FI1). Never throws. */
export function isChunking(size: number, chunkSize: number): boolean {
  return (
    Number.isSafeInteger(size) &&
    size >= 0 &&
    size <= FILE_BYTES &&
    chunkSizeFor(size) === chunkSize
  );
}

/** Number of chunks; an empty file has one, empty (FI2). */
export function chunkCount(size: number): number {
  return Math.max(1, Math.ceil(size / chunkSizeFor(size)));
}

/** Bytes of the chunk at `index`: the chunk size, or what is left for the last. */
export function chunkLength(size: number, index: number): number {
  const chunkSize = chunkSizeFor(size);
  return Math.max(0, Math.min(chunkSize, size - index * chunkSize));
}

/** BLAKE3-256 of one chunk's bytes (FI2). */
export function hashChunk(bytes: Uint8Array): Buffer {
  return blake3(bytes);
}

/** The root over a list: the chunks' 32-byte hashes, one after another (FI2). */
export function rootOf(list: Uint8Array): FileRoot {
  return rootFromBytes(blake3(list));
}

/** Whether `list` is the whole list of a file of this size with this root (FI2). */
export function isListOf(
  list: Uint8Array,
  root: FileRoot,
  size: number,
): boolean {
  return (
    list.byteLength === chunkCount(size) * HASH_BYTES &&
    // Bytes, not text: this is asked for every small file that comes or goes.
    blake3(list).equals(rootBytes(root))
  );
}

/** Whether `bytes` are the chunk at `index` of a verified list (FI2). */
export function isChunkOf(
  bytes: Uint8Array,
  list: Buffer,
  index: number,
): boolean {
  const at = index * HASH_BYTES;
  return (
    Number.isInteger(index) &&
    index >= 0 &&
    at + HASH_BYTES <= list.byteLength &&
    hashChunk(bytes).equals(list.subarray(at, at + HASH_BYTES))
  );
}

/** The z-base-32 form of a 32-byte root. Throws for any other length. */
export function rootFromBytes(bytes: Uint8Array): FileRoot {
  return parse(fileRootSchema, z32.encode(bytes));
}

/** The 32 bytes of a root. */
export function rootBytes(root: FileRoot): Buffer {
  return z32.decode(root).subarray(0, HASH_BYTES);
}
