import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { isDiskFull } from "#core/base/system-error.ts";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import {
  chunkCount,
  chunkLength,
  isChunkOf,
  isListOf,
} from "#core/files/chunks.ts";
import { isOnMap, mapBytes, putOnMap } from "./fetch-maps.ts";
import type { Content } from "#core/files/model.ts";
import { RunWriter } from "#core/files/run-writer.ts";

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

/** Which chunks were here when the fetch was stopped: a hint, missing after a crash. */
function mapPath(folder: string, { root, size }: Content): string {
  return join(folder, `${root}.${String(size)}.map`);
}

/** All that a fetch may leave behind: the content so far first, then what is noted of it. */
export function leftovers(
  folder: string,
  content: Content,
): readonly [string, string, string] {
  return [
    partPath(folder, content),
    listPath(folder, content),
    mapPath(folder, content),
  ];
}

/** Removes what a fetch left behind. */
export async function removePart(
  folder: string,
  content: Content,
): Promise<void> {
  for (const path of leftovers(folder, content))
    await rm(path, { force: true });
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
  /** A bit for each chunk that is verified and written. */
  readonly map: Buffer;
  readonly #folder: string;
  readonly #file: FileHandle;
  readonly #writer: RunWriter;
  #hasFailed = false;
  #uses = 1;

  private constructor(folder: string, content: Content, file: FileHandle) {
    this.#writer = new RunWriter(Promise.resolve(file), content.chunkSize);
    this.content = content;
    this.path = partPath(folder, content);
    this.map = Buffer.alloc(mapBytes(content.size));
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

  /** Finds the chunks that are there already, by hashing all that may be (FI8). */
  async verify(
    list: Buffer,
    signal: AbortSignal,
    found: (index: number) => void,
  ): Promise<void> {
    const { size, chunkSize } = this.content;
    const room = Buffer.allocUnsafe(chunkSize);
    const hint = await this.#takeHint();
    for (let index = 0; index < chunkCount(size); index++) {
      if (signal.aborted) return;
      if (hint !== null && !isOnMap(hint, index)) continue;
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
      ) {
        putOnMap(this.map, index);
        found(index);
      }
    }
  }

  /** Writes a verified chunk into its place. @throws `disk-full` */
  async write(index: number, bytes: Buffer): Promise<void> {
    await this.#said(this.#writer.write(index, bytes));
    putOnMap(this.map, index);
  }

  /** Resolves when nothing is being written. @throws `disk-full`, or what else the disk said to any write */
  settled(): Promise<void> {
    return this.#said(this.#writer.settled());
  }

  /**
   * The disk failed, and may have lost what it was given before. That shows only
   * once: until a restart all of it seems to be there. So nothing is left of it.
   */
  failed(): void {
    this.#hasFailed = true;
  }

  /** A chunk was verified and written into its place by a thread (`bulk-growing.ts`). */
  written(index: number): void {
    putOnMap(this.map, index);
  }

  /** Reads back a chunk for others; null when it is not here yet. */
  async read(index: number): Promise<Buffer | null> {
    if (!isOnMap(this.map, index)) return null;
    const { size, chunkSize } = this.content;
    const bytes = Buffer.allocUnsafe(chunkLength(size, index));
    await this.#file.read(bytes, 0, bytes.byteLength, index * chunkSize);
    return bytes;
  }

  /** One more uses the file; each is to close it. */
  retain(): void {
    this.#uses++;
  }

  /** The fetch ends; notes which chunks are here, so that the next one need not look at the others. */
  async end(here: number): Promise<void> {
    await this.settled().catch(() => undefined);
    const path = mapPath(this.#folder, this.content);
    if (here > 0) await writeFile(path, this.map).catch(() => undefined);
    await this.close();
  }

  /** To be called when nothing is being written; the last to do so closes the file. */
  async close(): Promise<void> {
    if (--this.#uses > 0) return;
    await this.#file.close();
    if (this.#hasFailed) await removePart(this.#folder, this.content);
  }

  /** What was noted when the last fetch was stopped; gone from now on, for it will not stay true. */
  async #takeHint(): Promise<Buffer | null> {
    const path = mapPath(this.#folder, this.content);
    const hint = await readFile(path).catch(() => null);
    await rm(path, { force: true });
    return hint?.byteLength === this.map.byteLength ? hint : null;
  }

  #said<T>(write: Promise<T>): Promise<T> {
    return diskFull(() => write).catch((error: unknown) => {
      if (!isCoreError(error, "disk-full")) this.failed();
      throw error;
    });
  }
}

async function diskFull<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDiskFull(error)) throw new CoreError("disk-full", {}, error);
    throw error;
  }
}
