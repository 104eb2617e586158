import type { FileRoot } from "#core/contract/ids.ts";
import { SEALED_PART_BYTES } from "#core/contract/limits.ts";
import { chunkCount, chunkSizeFor, HASH_BYTES } from "#core/files/chunks.ts";
import type { ContentReader } from "#core/exchange/content-reader.ts";
import { takeTurn } from "#core/exchange/serve-turn.ts";
import { sealedSize } from "./seal.ts";
import type { PartKind } from "./seal.ts";

/** One part of a file, as it is sealed. */
export interface FilePart {
  readonly kind: PartKind;
  readonly index: number;
}

/**
 * The parts of a file in the order they are given: the list comes last, so
 * that whoever has it has everything (KE4).
 */
export function partsOf(size: number): readonly FilePart[] {
  const listBytes = chunkCount(size) * HASH_BYTES;
  return [...count("bytes", size), ...count("list", listBytes)];
}

/** Bytes that a file takes at a keeper. */
export function sealedFileSize(size: number): number {
  return [size, chunkCount(size) * HASH_BYTES]
    .map((bytes) => {
      const whole = Math.floor(bytes / SEALED_PART_BYTES);
      const rest = bytes - whole * SEALED_PART_BYTES;
      const last = rest > 0 || whole === 0 ? sealedSize(rest) : 0;
      return whole * sealedSize(SEALED_PART_BYTES) + last;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}

function count(kind: PartKind, bytes: number): readonly FilePart[] {
  const length = Math.max(1, Math.ceil(bytes / SEALED_PART_BYTES));
  return Array.from({ length }, (_, index) => ({ kind, index }));
}

/** The place of a part in its chunk: which chunk, and from which byte of it. */
export function placeOf(
  size: number,
  index: number,
): { readonly chunk: number; readonly from: number } {
  const chunkSize = chunkSizeFor(size);
  const at = index * SEALED_PART_BYTES;
  return { chunk: Math.floor(at / chunkSize), from: at % chunkSize };
}

/** Reads what a part holds from this computer; null when it is not here any more. */
export async function readPart(
  reader: ContentReader,
  root: FileRoot,
  size: number,
  { kind, index }: FilePart,
): Promise<Buffer | null> {
  if (kind === "list") {
    const list = await reader.list(root);
    const from = index * SEALED_PART_BYTES;
    return list?.subarray(from, from + SEALED_PART_BYTES) ?? null;
  }
  const { chunk, from } = placeOf(size, index);
  await takeTurn(reader);
  const bytes = await reader.chunk(root, chunk);
  return bytes?.subarray(from, from + SEALED_PART_BYTES) ?? null;
}
