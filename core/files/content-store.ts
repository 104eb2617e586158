import { constants, copyFile, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "#core/base/system-error.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { FileRoot } from "#core/contract/ids.ts";
import { ATTACHMENT_BYTES } from "#core/contract/limits.ts";
import { randomId } from "#core/base/random.ts";
import type { Random } from "#core/base/random.ts";
import type { ByteRange, FileSource, OpenFile } from "#core/core-port.ts";
import type { Exchange } from "./exchange.ts";
import type { Fetched } from "./fetch-part.ts";
import type { Fetcher } from "./fetch.ts";
import type { Hasher } from "./hasher.ts";
import type { Holdings } from "./holdings.ts";
import type { HoldingReader } from "./open-holding.ts";
import { mediaType } from "./media-type.ts";
import type { Holding } from "./model.ts";
import type { Named, NamedContent } from "./named.ts";

export interface ContentStoreOptions {
  /** Absolute; holds copies under their roots, and nothing a person named. */
  readonly folder: string;
  readonly holdings: Holdings;
  readonly named: Named;
  readonly hasher: Hasher;
  readonly exchange: Pick<Exchange, "tell">;
  readonly fetcher: Fetcher;
  readonly bytes: HoldingReader;
  readonly random: Random;
}

/** A copy kept for a post: its content, and what the log says of it. */
export interface KeptFile extends NamedContent {
  readonly changedAt: number;
}

/**
 * Copies that the app itself keeps: attachments and pictures, mine and those of
 * others. They are named by content alone, so one copy serves all (FI9).
 */
export class ContentStore implements FileSource {
  readonly #options: ContentStoreOptions;
  readonly #placing = new Map<FileRoot, Promise<void>>();

  constructor(options: ContentStoreOptions) {
    this.#options = options;
  }

  /**
   * Keeps a copy of a file that a person attached.
   * @throws `file-unreadable`, `file-large`, `disk-full`
   */
  async keep(path: string, name: string): Promise<KeptFile> {
    const { folder, hasher, random } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const copy = join(folder, `.new-${randomId(random)}`);
    try {
      await copyFile(path, copy, constants.COPYFILE_FICLONE);
      const { size, mtimeMs, chunkSize, list, root, head } =
        await hasher.hashFile(copy);
      if (size > ATTACHMENT_BYTES)
        throw new CoreError("file-large", {
          name,
          limitBytes: ATTACHMENT_BYTES,
        });
      const changedAt = Math.round(mtimeMs);
      // A file in a folder of the person's may go or change; a post keeps its own copy.
      if (!this.#isKept(root))
        await this.#settle(copy, { root, size, chunkSize }, list);
      const type = mediaType(name, head);
      return { root, size, chunkSize, name, mediaType: type, changedAt };
    } catch (error) {
      throw asRefusal(error, name);
    } finally {
      await rm(copy, { force: true });
    }
  }

  /** Brings content here if a space names it; waits for a holder until the signal fires. */
  async ensure(root: FileRoot, signal: AbortSignal): Promise<Holding | null> {
    const { holdings, named, fetcher } = this.#options;
    for (const holding of holdings.find(root))
      if ((await holdings.verifyFresh(holding)) === "fresh") return holding;
    const content = named.find(root);
    if (content === null) return null;
    const fetched = await fetcher.fetch(content, { signal });
    await this.#placeOnce(content, fetched);
    return holdings.find(root)[0] ?? null;
  }

  /** All who wait for one content get the same fetched file; the first of them moves it into its place. */
  #placeOnce(content: NamedContent, fetched: Fetched): Promise<void> {
    const { root } = content;
    let placing = this.#placing.get(root);
    if (placing === undefined && this.#isKept(root)) return Promise.resolve();
    if (placing === undefined) {
      placing = this.#settle(fetched.path, content, fetched.list);
      this.#placing.set(root, placing);
      const forget = (): void => {
        this.#placing.delete(root);
      };
      placing.then(forget, forget);
    }
    return placing;
  }

  /** Opens content for showing it; see `FileSource`. */
  async open(
    root: FileRoot,
    range: ByteRange | null,
    signal: AbortSignal,
  ): Promise<OpenFile | null> {
    const content = this.#options.named.find(root);
    if (content === null) return null;
    const holding = await this.ensure(root, signal);
    if (holding === null) throw new CoreError("file-away", {});
    const { size } = holding;
    const [start, end] = place(range, size);
    const isInside = start < size || (size === 0 && range === null);
    return {
      size,
      mediaType: content.mediaType,
      start,
      end,
      stream: isInside
        ? this.#options.bytes.readRange(holding, start, end, signal)
        : null,
    };
  }

  #isKept(root: FileRoot): boolean {
    const { holdings } = this.#options;
    return holdings.find(root).some(({ origin }) => origin === "attachment");
  }

  /** Syncs a verified file, puts it under its root and writes the holding down. */
  async #settle(
    path: string,
    content: Pick<Holding, "root" | "size" | "chunkSize">,
    list: Buffer,
  ): Promise<void> {
    const { folder, holdings, exchange, named } = this.#options;
    const absolutePath = join(folder, content.root);
    const handle = await open(path, "r+");
    let mtimeMs: number;
    try {
      await handle.sync();
      ({ mtimeMs } = await handle.stat());
    } finally {
      await handle.close();
    }
    await rename(path, absolutePath);
    const { root, size, chunkSize } = content;
    holdings.add(
      { root, size, chunkSize, absolutePath, mtimeMs, origin: "attachment" },
      list,
    );
    exchange.tell(named.spacesOf(root));
  }
}

function place(range: ByteRange | null, size: number): [number, number] {
  if (range === null) return [0, size];
  if ("last" in range) return [Math.max(0, size - range.last), size];
  return [range.start, Math.min(range.end ?? size, size)];
}

function asRefusal(error: unknown, name: string): unknown {
  if (error instanceof CoreError) return error;
  if (codeOf(error) === "ENOSPC") return new CoreError("disk-full", {}, error);
  return new CoreError("file-unreadable", { name }, error);
}
