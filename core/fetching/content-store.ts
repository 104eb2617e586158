import {
  constants,
  copyFile,
  mkdir,
  open,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "#core/base/system-error.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { FileRoot } from "#core/contract/ids.ts";
import { ATTACHMENT_BYTES } from "#core/contract/limits.ts";
import { randomId } from "#core/base/random.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import type { ByteRange, FileSource, OpenFile } from "#core/core-port.ts";
import { chunkCount } from "#core/files/chunks.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import { removePart, type Fetched } from "./fetch-part.ts";
import type { FetchOptions } from "./fetch-shared.ts";
import type { Fetcher } from "./fetch.ts";
import type { Fetchers } from "./fetchers.ts";
import type { Hasher } from "#core/files/hasher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { HoldingReader } from "#core/files/open-holding.ts";
import { mediaType } from "#core/naming/media-type.ts";
import type { Content, Holding } from "#core/files/model.ts";
import type { Named, NamedContent } from "#core/files/named.ts";
import type { TakeRoom } from "#core/files/reading-room.ts";
import { trimLeftovers } from "./stream-leftovers.ts";
import { Streams } from "./streams.ts";

export interface ContentStoreOptions {
  /** Absolute; holds copies under their roots, and nothing a person named. */
  readonly folder: string;
  readonly holdings: Holdings;
  readonly named: Named;
  readonly hasher: Hasher;
  readonly exchange: Pick<Exchange, "tell">;
  readonly fetcher: Fetcher;
  readonly bytes: HoldingReader;
  readonly fetchers: Fetchers;
  /** Room for what comes because it is opened. */
  readonly takeRoom: TakeRoom;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Takes content that came in whole because it was opened, and gives it a
   * place; false leaves it to this store, under its root.
   */
  readonly onOpened?: (
    content: NamedContent,
    fetched: Fetched,
  ) => Promise<boolean>;
}

/** Where content grows, inside the folder of the copies. */
const INCOMING = ".incoming";
/** Content of one chunk that nobody in reach has is waited for this long. */
const AWAY_MS = 5_000;

/** A copy kept for a post: its content, and what the log says of it. */
export interface KeptFile extends NamedContent {
  readonly changedAt: number;
}

/**
 * Copies that the app itself keeps: attachments and pictures, mine and those of
 * others. They are named by content alone, so one copy serves all (FI9).
 */
export class ContentStore implements FileSource, Resource {
  readonly #options: ContentStoreOptions;
  readonly #streams: Streams;
  readonly #placing = new Map<FileRoot, Promise<void>>();

  constructor(options: ContentStoreOptions) {
    this.#options = options;
    this.#streams = new Streams(options);
  }

  /** Clears up after earlier runs of the app; before anything is fetched. */
  start(): Promise<void> {
    return trimLeftovers(join(this.#options.folder, INCOMING));
  }

  /** Ends what is being shown. */
  close(): Promise<void> {
    return this.#streams.close();
  }

  /**
   * Keeps a copy of a file that a person attached.
   * @throws `file-unreadable`, `file-large`, `disk-full`
   */
  keep(path: string, name: string): Promise<KeptFile> {
    return this.#keep(name, (copy) =>
      copyFile(path, copy, constants.COPYFILE_FICLONE),
    );
  }

  /** Keeps something small that the app made itself. @throws `disk-full` */
  keepBytes(bytes: Uint8Array): Promise<KeptFile> {
    return this.#keep("", (copy) => writeFile(copy, bytes));
  }

  async #keep(
    name: string,
    make: (copy: string) => Promise<void>,
  ): Promise<KeptFile> {
    const { folder, hasher, random } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const copy = join(folder, `.new-${randomId(random)}`);
    try {
      await make(copy);
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
    const { holdings, named } = this.#options;
    const holding = await this.#fresh(root);
    if (holding !== null) return holding;
    const content = named.find(root);
    if (content === null) return null;
    await this.#fetch(content, false, { signal });
    return holdings.find(root)[0] ?? null;
  }

  /** To be given what was read from end to end: places it once, here or where it belongs. */
  async takeWhole(content: Content, fetched: Fetched): Promise<void> {
    const named = this.#options.named.find(content.root);
    if (named !== null) await this.#placeOnce(named, fetched, true);
  }

  async #fresh(root: FileRoot): Promise<Holding | null> {
    const { holdings } = this.#options;
    for (const holding of holdings.find(root))
      if ((await holdings.verifyFresh(holding)) === "fresh") return holding;
    return null;
  }

  async #fetch(
    content: NamedContent,
    isOpened: boolean,
    options: FetchOptions,
  ): Promise<void> {
    await this.#options.fetcher.fetch(content, {
      ...options,
      take: (fetched) => this.#placeOnce(content, fetched, isOpened),
    });
  }

  /** Fetches a small content for somebody who looks at it now. @throws `file-away` when nobody in reach has it */
  async #fetchNow(content: NamedContent, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const away = new AbortController();
    let isWaiting = true;
    const cancel = clock.every(AWAY_MS, () => {
      if (isWaiting) away.abort(new CoreError("file-away", {}));
    });
    try {
      await this.#fetch(content, true, {
        signal: AbortSignal.any([signal, away.signal]),
        priority: "now",
        onProgress: (progress) => {
          ({ isWaiting } = progress);
        },
      });
    } finally {
      cancel();
    }
  }

  /** All who wait for one content get the same fetched file; the first of them moves it into its place. */
  #placeOnce(
    content: NamedContent,
    fetched: Fetched,
    isOpened: boolean,
  ): Promise<void> {
    const { root } = content;
    let placing = this.#placing.get(root);
    if (placing === undefined && this.#isKept(root)) return Promise.resolve();
    if (placing === undefined) {
      placing = this.#place(content, fetched, isOpened);
      this.#placing.set(root, placing);
      const forget = (): void => {
        this.#placing.delete(root);
      };
      placing.then(forget, forget);
    }
    return placing;
  }

  async #place(
    content: NamedContent,
    fetched: Fetched,
    isOpened: boolean,
  ): Promise<void> {
    const { onOpened, folder } = this.#options;
    // Who asked before has put it in its place already.
    const seen = await stat(fetched.path).catch(() => null);
    if (seen === null && (await this.#fresh(content.root)) !== null) return;
    if (!isOpened || (await onOpened?.(content, fetched)) !== true)
      await this.#settle(fetched.path, content, fetched.list);
    await removePart(join(folder, INCOMING), content);
  }

  /**
   * Opens content for showing it; see `FileSource`. What is not here arrives
   * while it is read: one needs not wait for the whole.
   */
  async open(
    root: FileRoot,
    range: ByteRange | null,
    signal: AbortSignal,
  ): Promise<OpenFile | null> {
    const content = this.#options.named.find(root);
    if (content === null) return null;
    let holding = await this.#fresh(root);
    if (holding === null && chunkCount(content.size) === 1) {
      await this.#fetchNow(content, signal);
      holding = await this.#fresh(root);
      if (holding === null) throw new CoreError("file-away", {});
    }
    const { size, mediaType } = content;
    const [start, end] = place(range, size);
    const isInside = start < size || (size === 0 && range === null);
    const { bytes } = this.#options;
    const stream = (): AsyncIterable<Uint8Array> =>
      holding === null
        ? this.#streams.read(content, start, end, signal)
        : bytes.readRange(holding, start, end, signal);
    return { size, mediaType, start, end, stream: isInside ? stream() : null };
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
