import type { Clock } from "#core/base/clock.ts";
import type { Random } from "#core/base/random.ts";
import {
  chunkCount,
  chunkLength,
  hashChunk,
  HASH_BYTES,
  isChunkOf,
  isListOf,
} from "#core/files/chunks.ts";
import type { Ask, Outcome, Remote } from "#core/exchange/exchange-remote.ts";
import type { Content } from "#core/files/model.ts";
import { PAGE_HASHES, type Part } from "#core/exchange/wire.ts";

/** How a spot check ended. */
export type Shown =
  | "shown"
  /** Bytes of the right size that are not what the root is the root of: a lie, or damage over there. */
  | "wrong"
  /** They do not give it. */
  | "lack"
  /** Of another size than the record says: there is no telling whose fault that is. */
  | "other"
  | "late"
  | "gone";

export interface Checked {
  readonly shown: Shown;
  /** What it took from the line. */
  readonly bytes: number;
}

export interface CheckParts {
  readonly clock: Clock;
  readonly random: Random;
  /** The list of content in several chunks, when it is here. */
  readonly listOf: (content: Content) => Buffer | null;
}

/** An answer may wait behind a few chunks on a slow line. */
const LATE_MS = 60_000;

/** Asks the other end for one chunk it cannot foresee, and verifies it (FI2). */
export async function checkChunk(
  remote: Remote,
  content: Content,
  parts: CheckParts,
): Promise<Checked> {
  const { root, size } = content;
  const count = chunkCount(size);
  let list = count === 1 ? null : parts.listOf(content);
  let bytes = 0;
  if (count > 1 && list === null) {
    const pages: Buffer[] = [];
    for (let index = 0; index * PAGE_HASHES < count; index++) {
      const page = await take(remote, { kind: "page", root, index }, parts);
      if (typeof page === "string") return { shown: page, bytes };
      bytes += page.byteLength;
      pages.push(page);
    }
    list = Buffer.concat(pages);
    if (list.byteLength !== count * HASH_BYTES)
      return { shown: "other", bytes };
    if (!isListOf(list, root, size)) return { shown: "wrong", bytes };
  }
  const index = parts.random.bytes(4).readUInt32LE() % count;
  const chunk = await take(remote, { kind: "chunk", root, index }, parts);
  if (typeof chunk === "string") return { shown: chunk, bytes };
  bytes += chunk.byteLength;
  if (chunk.byteLength !== chunkLength(size, index))
    return { shown: "other", bytes };
  const isRight =
    list === null
      ? isListOf(hashChunk(chunk), root, size)
      : isChunkOf(chunk, list, index);
  return { shown: isRight ? "shown" : "wrong", bytes };
}

function take(
  remote: Remote,
  part: Part,
  { clock }: CheckParts,
): Promise<Outcome | "late"> {
  if (remote.room === 0) return Promise.resolve("late");
  return new Promise((resolve) => {
    const ask: Ask = {
      part,
      isUrgent: false,
      settle(outcome) {
        cancelLate();
        resolve(outcome);
      },
    };
    const cancelLate = clock.after(LATE_MS, () => {
      resolve("late");
      remote.cancel([ask]);
    });
    remote.ask([ask]);
  });
}
