import type { SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import { createSerial } from "#core/base/serial.ts";
import type { HashedFile } from "#core/files/hasher.ts";
import type { Holdings, NewHolding } from "#core/files/holdings.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import type { CollectionIndex } from "./collection-index.ts";

export interface ShareBatchParts {
  readonly space: SpaceId;
  readonly files: CollectionIndex;
  readonly holdings: Holdings;
  readonly clock: Clock;
  /** Writes entries to the collection's log, and tells who may want them. */
  readonly write: (entries: readonly RawEntry[]) => Promise<void>;
}

/** A file of the folder, just read. */
export interface ReadFile {
  readonly path: string;
  readonly absolutePath: string;
  readonly hashed: HashedFile;
  readonly mediaType: string;
}

/** Files written down together: a few blocks of a log, one wait for the disk. */
const BATCH_FILES = 500;
/** Nobody waits longer than this to see what was read. */
const BATCH_MS = 1_000;

/** Writes what was read down in batches: first where it lies, then its entries. */
export class ShareBatch {
  readonly #parts: ShareBatchParts;
  readonly #serial = createSerial();
  #holdings: NewHolding[] = [];
  #entries: RawEntry[] = [];
  #flushedAt: number;

  constructor(parts: ShareBatchParts) {
    this.#parts = parts;
    this.#flushedAt = parts.clock.monotonic();
  }

  /** @throws `disk-full` */
  async add({
    path,
    absolutePath,
    hashed,
    mediaType,
  }: ReadFile): Promise<void> {
    const { files, space, clock } = this.#parts;
    const { root, size, chunkSize, mtimeMs, list } = hashed;
    this.#holdings.push({
      holding: { root, size, chunkSize, absolutePath, mtimeMs, origin: "mine" },
      list,
    });
    // The same content under the same name is nothing new to anybody.
    if (files.rootOf(space, path) !== root)
      this.#entries.push({
        type: "put",
        path,
        size,
        changedAt: Math.round(mtimeMs),
        mediaType,
        chunkSize,
        root,
        replaces: files.currentRefs(space, path),
      });
    if (
      this.#holdings.length >= BATCH_FILES ||
      clock.monotonic() - this.#flushedAt > BATCH_MS
    )
      await this.flush();
  }

  /** Takes files off the list (EN5). @throws `disk-full` */
  async remove(paths: readonly string[]): Promise<void> {
    const { files, space } = this.#parts;
    for (const path of paths)
      this.#entries.push({
        type: "remove",
        path,
        replaces: files.currentRefs(space, path),
      });
    if (this.#entries.length >= BATCH_FILES) await this.flush();
  }

  /** Writes what is gathered. @throws `disk-full` */
  flush(): Promise<void> {
    return this.#serial(async () => {
      const holdings = this.#holdings;
      const entries = this.#entries;
      this.#holdings = [];
      this.#entries = [];
      this.#flushedAt = this.#parts.clock.monotonic();
      // Before the entries, so that whoever reads of a file can have it.
      this.#parts.holdings.addMany(holdings);
      if (entries.length > 0) await this.#parts.write(entries);
    });
  }
}
