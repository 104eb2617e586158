import * as v from "valibot";
import { CoreError } from "#core/contract/errors.ts";
import { ENTRY_BATCH_BYTES } from "#core/contract/limits.ts";
import { hybridTimeSchema } from "./hybrid-clock.ts";
import type { HybridTime } from "./hybrid-clock.ts";

/** First byte of every block (EN1). On disk since 0.1. */
const BLOCK_VERSION = 1;

/** An entry before its feature has looked at it: a type and whatever else. */
export type RawEntry = Readonly<Record<string, unknown>> & {
  readonly type: string;
};

/** One block: entries written together at one time. */
export interface Batch {
  readonly time: HybridTime;
  readonly entries: readonly RawEntry[];
}

const batchSchema = v.object({
  time: hybridTimeSchema,
  entries: v.array(v.looseObject({ type: v.string() })),
});

/** What a block holds, or why it is kept and not shown (EN1). */
export type ReadBlock =
  | { readonly kind: "batch"; readonly batch: Batch }
  | { readonly kind: "newer"; readonly version: number }
  | { readonly kind: "unreadable" };

/** Writes a value as a block. */
export function writeBlock(value: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(value));
  return Buffer.concat([Buffer.from([BLOCK_VERSION]), body]);
}

/** Parses the JSON of a block of a version we know; never throws. */
export function readBlockJson(
  block: Buffer,
):
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "newer"; readonly version: number }
  | { readonly kind: "unreadable" } {
  const version = block[0];
  if (version === undefined || version === 0) return { kind: "unreadable" };
  if (version !== BLOCK_VERSION) return { kind: "newer", version };
  if (block.length > ENTRY_BATCH_BYTES) return { kind: "unreadable" };
  try {
    const value: unknown = JSON.parse(block.toString("utf8", 1));
    return { kind: "json", value };
  } catch {
    return { kind: "unreadable" };
  }
}

/** Reads a block from any log; never throws (HO1). */
export function readBatch(block: Buffer): ReadBlock {
  const read = readBlockJson(block);
  if (read.kind !== "json") return read;
  const batch = v.safeParse(batchSchema, read.value);
  return batch.success
    ? { kind: "batch", batch: batch.output }
    : { kind: "unreadable" };
}

/** Room in a block for the version, the time and the brackets around the entries. */
const FRAME_BYTES = 64;

/**
 * Bytes of an entry in a block, with the comma behind it.
 * @throws `text-long` when it is larger than a block
 */
export function entryBytes(entry: RawEntry): number {
  const bytes = Buffer.byteLength(JSON.stringify(entry)) + 1;
  if (bytes + FRAME_BYTES > ENTRY_BATCH_BYTES)
    throw new CoreError("text-long", { limitBytes: ENTRY_BATCH_BYTES });
  return bytes;
}

/**
 * Packs entries into as few blocks as fit the limit, in order (EN1).
 * @throws `text-long` when a single entry is larger than a block
 */
export function packBatches(
  entries: readonly RawEntry[],
  nextTime: () => HybridTime,
): Buffer[] {
  const blocks: Buffer[] = [];
  let batch: RawEntry[] = [];
  let size = 0;
  function flush(): void {
    if (batch.length === 0) return;
    blocks.push(writeBlock({ time: nextTime(), entries: batch }));
    batch = [];
    size = 0;
  }
  for (const entry of entries) {
    const bytes = entryBytes(entry);
    if (size + bytes + FRAME_BYTES > ENTRY_BATCH_BYTES) flush();
    batch.push(entry);
    size += bytes;
  }
  flush();
  return blocks;
}
