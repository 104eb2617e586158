import type { FileHandle } from "node:fs/promises";

/** Chunks that lie beside each other and came in meanwhile are written with one call. */
const RUN_BYTES = 4 * 1024 * 1024;
/** Calls at one moment. */
const WRITES = 2;
/** So much is written before the disk is asked to take it: what waits for the end makes the end long. */
const SYNC_BYTES = 64 * 1024 * 1024;

/** What is used of an open file. */
export type RunFile = Pick<FileHandle, "writev" | "datasync">;

interface Waiting {
  readonly bytes: Uint8Array;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes chunks into their places in a file that grows. The system's own threads
 * do it, so that none of ours waits for a disk; each call costs a change of
 * threads, so neighbours go together.
 *
 * An error of a disk shows once: a sync that failed here would look fine to
 * whoever opens the file later. So it fails every write after it, and `settled`.
 */
export class RunWriter {
  readonly #file: Promise<RunFile>;
  readonly #chunkSize: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly #writing = new Set<Promise<void>>();
  #syncing: Promise<void> | null = null;
  #unsynced = 0;
  #failure: { readonly error: unknown } | null = null;

  constructor(file: Promise<RunFile>, chunkSize: number) {
    this.#file = file;
    this.#chunkSize = chunkSize;
    // Each write tells it.
    file.catch(() => undefined);
  }

  /** The bytes are to stay as they are until it resolves. Rejects with what the disk said. */
  write(index: number, bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(index, { bytes, resolve, reject });
      this.#writeOn();
    });
  }

  /** Resolves when nothing is under way. @throws what the disk said, also to an earlier write */
  async settled(): Promise<void> {
    while (this.#writing.size > 0) await Promise.all(this.#writing);
    await this.#syncing;
    if (this.#failure !== null) throw this.#failure.error;
  }

  #writeOn(): void {
    while (this.#writing.size < WRITES) {
      const [first] = this.#waiting.keys();
      if (first === undefined) return;
      const run = this.#takeRun(first);
      const written = this.#write(run, first * this.#chunkSize).then(() => {
        this.#writing.delete(written);
        this.#writeOn();
      });
      this.#writing.add(written);
    }
  }

  #takeRun(first: number): readonly Waiting[] {
    const run: Waiting[] = [];
    for (let index = first, bytes = 0; bytes < RUN_BYTES; index++) {
      const waiting = this.#waiting.get(index);
      if (waiting === undefined) break;
      this.#waiting.delete(index);
      run.push(waiting);
      bytes += waiting.bytes.byteLength;
    }
    return run;
  }

  /** Never rejects. */
  async #write(run: readonly Waiting[], at: number): Promise<void> {
    try {
      if (this.#failure !== null) throw this.#failure.error;
      const file = await this.#file;
      const bytes = await writeAll(
        file,
        run.map((it) => it.bytes),
        at,
      );
      this.#sync(file, bytes);
      for (const { resolve } of run) resolve();
    } catch (error) {
      this.#failure ??= { error };
      for (const { reject } of run) reject(error);
    }
  }

  #sync(file: RunFile, bytes: number): void {
    this.#unsynced += bytes;
    if (this.#syncing !== null || this.#unsynced < SYNC_BYTES) return;
    this.#unsynced = 0;
    this.#syncing = file.datasync().then(
      () => {
        this.#syncing = null;
      },
      (error: unknown) => {
        this.#failure ??= { error };
        this.#syncing = null;
      },
    );
  }
}

/** A call may end early; what is left goes with another. */
async function writeAll(
  file: RunFile,
  pieces: readonly Uint8Array[],
  start: number,
): Promise<number> {
  let left = pieces;
  let at = start;
  while (left.length > 0) {
    let { bytesWritten } = await file.writev(left, at);
    at += bytesWritten;
    left = left.flatMap((piece) => {
      const done = Math.min(bytesWritten, piece.byteLength);
      bytesWritten -= done;
      return done < piece.byteLength ? [piece.subarray(done)] : [];
    });
  }
  return at - start;
}
