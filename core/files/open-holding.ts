import { constants, open, type FileHandle } from "node:fs/promises";
import { codeOf } from "#core/base/system-error.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { FileRoot } from "#core/contract/ids.ts";
import type { Resource } from "#core/base/resource.ts";
import { chunkCount, chunkLength, hashChunk, isChunkOf } from "./chunks.ts";
import type { WholeFile } from "./whole-file.ts";
import type { Holdings } from "./holdings.ts";
import type { Holding } from "./model.ts";
import type { Lack, Whole } from "./read-whole.ts";
import { WholeReader } from "./whole-reader.ts";

/** Files kept open; far below what every system allows one program. */
const OPEN_FILES = 64;

// A link in the place of a file is not followed, a pipe does not block. Windows
// has neither flag; there both are undefined, which counts as 0.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const NO_ROOM = Buffer.alloc(0);

interface OpenFile {
  readonly handle: Promise<FileHandle | Lack>;
  /** The chunks' hashes; null when they are not known any more. */
  readonly list: Buffer | null;
  /** Reads under way. */
  uses: number;
}

/**
 * Reads content that is held, for serving and showing. Every chunk is checked
 * against its hash (FI2), so a file that changed since it was hashed is noticed
 * before a byte of it goes anywhere, and marked (FI3).
 */
export class HoldingReader implements Resource {
  readonly #holdings: Holdings;
  /** Content in one chunk: there are many of those, and each is read once. */
  readonly #whole = new WholeReader();
  /** Of several chunks, by path and time, least recently used first. */
  readonly #files = new Map<string, OpenFile>();
  #isClosed = false;

  constructor(holdings: Holdings) {
    this.#holdings = holdings;
  }

  /** Whether content is written down as held; its bytes are looked at when they are read. */
  held(root: FileRoot): "all" | "none" {
    return this.#holdings.has(root) ? "all" : "none";
  }

  lookUp(roots: readonly FileRoot[]): void {
    this.#holdings.lookUp(roots);
  }

  /** The whole list of the chunks' hashes; null when the content is not held any more. */
  async list(root: FileRoot): Promise<Buffer | null> {
    const held = this.#holdings.find(root);
    const [first] = held;
    if (first === undefined) return null;
    if (chunkCount(first.size) > 1) return this.#holdings.list(root);
    const bytes = await this.chunk(root, 0);
    return bytes === null ? null : hashChunk(bytes);
  }

  /** The copy of content in several chunks that is asked first; null when there is none (`bulk-serve-end.ts`). */
  file(root: FileRoot): WholeFile | null {
    const first = this.#holdings.first(root);
    if (first === null || chunkCount(first.size) === 1) return null;
    const { absolutePath: path, size, mtimeMs, chunkSize } = first;
    const list = (): Buffer | null => this.#holdings.list(root);
    return { path, size, mtimeMs, chunkSize, list };
  }

  /** As `file`, for content in one chunk. */
  small(root: FileRoot): Whole | null {
    const first = this.#holdings.first(root);
    return first === null || chunkCount(first.size) > 1 ? null : first;
  }

  /**
   * One chunk, from whichever copy is still good; null when none is, or beyond
   * the end. Those of just its size are put into `room`.
   */
  async chunk(
    root: FileRoot,
    index: number,
    room?: Buffer,
  ): Promise<Buffer | null> {
    const first = this.#holdings.first(root);
    if (first === null) return null;
    const bytes = await this.readChunk(first, index, room);
    if (bytes !== null) return bytes;
    for (const holding of this.#holdings.find(root)) {
      if (holding.absolutePath === first.absolutePath) continue;
      const other = await this.readChunk(holding, index, room);
      if (other !== null) return other;
    }
    return null;
  }

  /** One verified chunk of one copy; null when that is gone or changed, or beyond the end. */
  async readChunk(
    holding: Holding,
    index: number,
    room: Buffer = NO_ROOM,
  ): Promise<Buffer | null> {
    const isInside =
      Number.isInteger(index) && index >= 0 && index < chunkCount(holding.size);
    if (!isInside || this.#isClosed) return null;
    if (chunkCount(holding.size) === 1) return await this.#readWhole(holding);
    const file = this.#take(holding);
    file.uses++;
    try {
      const bytes = await read(file, holding, index, room);
      if (bytes === "changed") this.#holdings.markUnlike(holding);
      if (bytes instanceof Buffer) return bytes;
    } catch (error) {
      // A disk that cannot read a part of a file has lost it; an unplugged drive has not.
      if (codeOf(error) === "EIO") this.#holdings.markUnlike(holding);
    } finally {
      file.uses--;
      await this.#closeOldest();
    }
    await this.#drop(keyOf(holding));
    return null;
  }

  async #readWhole(holding: Holding): Promise<Buffer | null> {
    const bytes = await this.#whole.read(holding);
    if (bytes === "changed") this.#holdings.markUnlike(holding);
    return typeof bytes === "string" ? null : bytes;
  }

  /**
   * Bytes `start` to before `end` of one copy, verified, for showing. Ends with
   * the signal's reason when that fires.
   * @throws `file-away` when the file is gone or changed, also midway
   */
  async *readRange(
    holding: Holding,
    start: number,
    end: number,
    signal?: AbortSignal,
  ): AsyncGenerator<Buffer, void, undefined> {
    const { chunkSize, size } = holding;
    const stop = Math.min(end, size);
    for (let at = Math.max(0, start); at < stop;) {
      signal?.throwIfAborted();
      const index = Math.floor(at / chunkSize);
      const bytes = await this.readChunk(holding, index);
      if (bytes === null) throw new CoreError("file-away", {});
      const from = index * chunkSize;
      const piece = bytes.subarray(at - from, stop - from);
      yield piece;
      at += piece.length;
    }
  }

  /** Closes every file; reads that come later answer null. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#whole.close();
    const files = [...this.#files.values()];
    this.#files.clear();
    for (const file of files) await closeFile(file);
  }

  #take(holding: Holding): OpenFile {
    const key = keyOf(holding);
    const file = this.#files.get(key) ?? {
      handle: openFresh(holding),
      list: this.#holdings.list(holding.root),
      uses: 0,
    };
    // To the end of the map: used last.
    this.#files.delete(key);
    this.#files.set(key, file);
    return file;
  }

  async #closeOldest(): Promise<void> {
    for (const [key, file] of this.#files) {
      if (this.#files.size <= OPEN_FILES) return;
      if (file.uses === 0) await this.#drop(key);
    }
  }

  async #drop(key: string): Promise<void> {
    const file = this.#files.get(key);
    this.#files.delete(key);
    if (file !== undefined) await closeFile(file);
  }
}

/** A file hashed again is another one, though its path is the same. */
function keyOf({ absolutePath, mtimeMs, root }: Holding): string {
  return `${root} ${String(mtimeMs)} ${absolutePath}`;
}

/** Opens the file if it still looks as it did when it was verified (FI3). */
async function openFresh(holding: Holding): Promise<FileHandle | Lack> {
  const { absolutePath, size, mtimeMs } = holding;
  const file = await open(absolutePath, FLAGS).catch(() => null);
  if (file === null) return "away";
  const seen = await file.stat().catch(() => null);
  if (seen?.isFile() === true && seen.size === size && seen.mtimeMs === mtimeMs)
    return file;
  await file.close();
  return seen === null ? "away" : "changed";
}

/** Waits for reads under way. */
async function closeFile({ handle }: OpenFile): Promise<void> {
  const file = await handle;
  if (typeof file !== "string") await file.close();
}

async function read(
  { handle, list }: OpenFile,
  { size, chunkSize }: Holding,
  index: number,
  room: Buffer,
): Promise<Buffer | Lack> {
  const file = await handle;
  if (typeof file === "string") return file;
  const length = chunkLength(size, index);
  const bytes = length === room.byteLength ? room : Buffer.allocUnsafe(length);
  const isWhole = await fill(file, bytes, index * chunkSize);
  if (list === null) return "away";
  return isWhole && isChunkOf(bytes, list, index) ? bytes : "changed";
}

/** Reads until `bytes` is full; false when the file ends before. */
async function fill(
  file: FileHandle,
  bytes: Buffer,
  position: number,
): Promise<boolean> {
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await file.read(
      bytes,
      at,
      bytes.length - at,
      position + at,
    );
    if (bytesRead === 0) return false;
    at += bytesRead;
  }
  return true;
}
