import { closeSync, fdatasync, openSync, writeSync } from "node:fs";
import { isDiskFull } from "#core/base/system-error.ts";
import type { BulkOutcome, GrowingFile } from "./bulk-messages.ts";
import { chunkLength, isChunkOf } from "./chunks.ts";

/** So much is written before the disk is asked to take it: what waits for the end makes the end long. */
const SYNC_BYTES = 64 * 1024 * 1024;

/** A file that chunks are written into, in a thread: it blocks. */
export class GrowingPart {
  readonly #growing: GrowingFile;
  readonly #list: Buffer;
  #file: number | null = null;
  #unsynced = 0;
  #isSyncing = false;
  #isReleased = false;
  #closed: () => void = () => undefined;
  readonly #whenClosed = new Promise<void>((resolve) => {
    this.#closed = resolve;
  });

  constructor(growing: GrowingFile) {
    this.#growing = growing;
    this.#list = Buffer.from(growing.list);
  }

  /** Bytes of the chunk at `index`. */
  length(index: number): number {
    return chunkLength(this.#growing.size, index);
  }

  get chunkSize(): number {
    return this.#growing.chunkSize;
  }

  /** Proves a chunk and writes it into its place (FI2). */
  put(index: number, bytes: Uint8Array): BulkOutcome {
    if (this.#isReleased) return "gone";
    if (bytes.byteLength !== this.length(index)) return "other";
    if (!isChunkOf(bytes, this.#list, index)) return "wrong";
    try {
      this.#file ??= openSync(this.#growing.path, "r+");
      const start = index * this.#growing.chunkSize;
      for (let at = 0; at < bytes.byteLength;)
        at += writeSync(
          this.#file,
          bytes,
          at,
          bytes.byteLength - at,
          start + at,
        );
      this.#sync(this.#file, bytes.byteLength);
      return "written";
    } catch (error) {
      return isDiskFull(error) ? "disk-full" : "disk-failed";
    }
  }

  /** Takes nothing more; resolves when the file is closed. */
  release(): Promise<void> {
    this.#isReleased = true;
    if (!this.#isSyncing) this.#close();
    return this.#whenClosed;
  }

  /** The system's own threads wait for the disk, so that this one need not. */
  #sync(file: number, bytes: number): void {
    this.#unsynced += bytes;
    if (this.#isSyncing || this.#unsynced < SYNC_BYTES) return;
    this.#unsynced = 0;
    this.#isSyncing = true;
    // An error shows again when the whole file is synced, and is told then.
    fdatasync(file, () => {
      this.#isSyncing = false;
      if (this.#isReleased) this.#close();
    });
  }

  #close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
    this.#closed();
  }
}
