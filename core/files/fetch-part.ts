import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import { chunkCount, chunkLength, isChunkOf, isListOf } from "./chunks.ts";
import type { Content } from "./model.ts";

/** Content that came in whole and verified, not yet in its place. */
export interface Fetched {
  /** Absolute, in the temporary folder; not synced to the disk yet. */
  readonly path: string;
  /** The chunks' hashes, whose root is the content's. */
  readonly list: Buffer;
}

/**
 * Where content grows. The size is part of the name, so that a false record
 * with the right root cannot hold up the true one.
 */
export function partPath(folder: string, { root, size }: Content): string {
  return join(folder, `${root}.${String(size)}.part`);
}

function listPath(folder: string, { root, size }: Content): string {
  return join(folder, `${root}.${String(size)}.list`);
}

/** Removes what a fetch left behind. */
export async function removePart(
  folder: string,
  content: Content,
): Promise<void> {
  await rm(partPath(folder, content), { force: true });
  await rm(listPath(folder, content), { force: true });
}

/** Writes content in one chunk, verified already. */
export async function writePart(
  folder: string,
  content: Content,
  bytes: Buffer,
): Promise<string> {
  const path = partPath(folder, content);
  await diskFull(async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(path, bytes);
  });
  return path;
}

/** A file that is being fetched, with room for every chunk in its place (FI8). */
export class PartFile {
  readonly content: Content;
  readonly path: string;
  readonly #folder: string;
  readonly #file: FileHandle;

  private constructor(folder: string, content: Content, file: FileHandle) {
    this.content = content;
    this.path = partPath(folder, content);
    this.#folder = folder;
    this.#file = file;
  }

  /**
   * Opens what an earlier fetch left, or makes it anew. The room is sparse: it
   * takes no space yet.
   * @throws `disk-full`
   */
  static open(folder: string, content: Content): Promise<PartFile> {
    return diskFull(async () => {
      await mkdir(folder, { recursive: true });
      const path = partPath(folder, content);
      const file = await open(path, "r+").catch(() => open(path, "w+"));
      try {
        const { size } = await file.stat();
        if (size !== content.size) await file.truncate(content.size);
      } catch (error) {
        await file.close();
        throw error;
      }
      return new PartFile(folder, content, file);
    });
  }

  /** The list an earlier fetch saved; null when there is none or it is damaged. */
  async savedList(): Promise<Buffer | null> {
    const { root, size } = this.content;
    const list = await readFile(listPath(this.#folder, this.content)).catch(
      () => null,
    );
    return list !== null && isListOf(list, root, size) ? list : null;
  }

  saveList(list: Buffer): Promise<void> {
    return diskFull(() =>
      writeFile(listPath(this.#folder, this.content), list),
    );
  }

  /** Finds the chunks that are there already, by hashing them all (FI8). */
  async verify(
    list: Buffer,
    signal: AbortSignal,
    found: (index: number) => void,
  ): Promise<void> {
    const { size, chunkSize } = this.content;
    const room = Buffer.allocUnsafe(chunkSize);
    for (let index = 0; index < chunkCount(size); index++) {
      if (signal.aborted) return;
      const length = chunkLength(size, index);
      const { bytesRead } = await this.#file.read(
        room,
        0,
        length,
        index * chunkSize,
      );
      if (
        bytesRead === length &&
        isChunkOf(room.subarray(0, length), list, index)
      )
        found(index);
    }
  }

  /** Writes a verified chunk into its place. @throws `disk-full` */
  write(index: number, bytes: Buffer): Promise<void> {
    const { chunkSize } = this.content;
    return diskFull(async () => {
      let at = 0;
      while (at < bytes.byteLength) {
        const { bytesWritten } = await this.#file.write(
          bytes,
          at,
          bytes.byteLength - at,
          index * chunkSize + at,
        );
        at += bytesWritten;
      }
    });
  }

  /** Reads a chunk that was written. */
  async read(index: number): Promise<Buffer> {
    const { size, chunkSize } = this.content;
    const bytes = Buffer.allocUnsafe(chunkLength(size, index));
    await this.#file.read(bytes, 0, bytes.byteLength, index * chunkSize);
    return bytes;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

async function diskFull<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isFull(error)) throw new CoreError("disk-full", {}, error);
    throw error;
  }
}

function isFull(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "ENOSPC" || error.code === "EDQUOT")
  );
}
