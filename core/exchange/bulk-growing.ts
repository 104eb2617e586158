import { open, type FileHandle } from "node:fs/promises";
import { isDiskFull } from "#core/base/system-error.ts";
import type { BulkOutcome, GrowingFile } from "./bulk-messages.ts";
import { chunkLength, isChunkOf } from "#core/files/chunks.ts";
import { RunWriter } from "#core/files/run-writer.ts";

/** A file that proved chunks are written into, for a thread. */
export class GrowingPart {
  readonly #growing: GrowingFile;
  readonly #list: Buffer;
  #open: {
    readonly file: Promise<FileHandle>;
    readonly writer: RunWriter;
  } | null = null;
  #isReleased = false;

  constructor(growing: GrowingFile) {
    this.#growing = growing;
    this.#list = Buffer.from(growing.list);
  }

  get chunkSize(): number {
    return this.#growing.chunkSize;
  }

  /** What is wrong with a chunk, seen before it is written (FI2); null when it is the one. */
  prove(index: number, bytes: Uint8Array): BulkOutcome | null {
    if (this.#isReleased) return "gone";
    if (bytes.byteLength !== chunkLength(this.#growing.size, index))
      return "other";
    return isChunkOf(bytes, this.#list, index) ? null : "wrong";
  }

  /** Writes a proved chunk into its place; the bytes are to stay as they are meanwhile. */
  async put(index: number, bytes: Uint8Array): Promise<BulkOutcome> {
    try {
      await this.#opened().writer.write(index, bytes);
      return "written";
    } catch (error) {
      return outcomeOf(error);
    }
  }

  /** Takes nothing more; resolves when the file is closed, with what the disk refused, if it did. */
  async release(): Promise<BulkOutcome> {
    this.#isReleased = true;
    if (this.#open === null) return "written";
    const { file, writer } = this.#open;
    try {
      await writer.settled();
      return "written";
    } catch (error) {
      return outcomeOf(error);
    } finally {
      await file.then((it) => it.close()).catch(() => undefined);
    }
  }

  #opened(): { readonly writer: RunWriter } {
    if (this.#open !== null) return this.#open;
    const file = open(this.#growing.path, "r+");
    const writer = new RunWriter(file, this.#growing.chunkSize);
    this.#open = { file, writer };
    return this.#open;
  }
}

function outcomeOf(error: unknown): BulkOutcome {
  return isDiskFull(error) ? "disk-full" : "disk-failed";
}
