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

interface Gathered {
  readonly holding: NewHolding | null;
  readonly entry: RawEntry | null;
}

/** Files written down together: a few blocks of a log, one wait for the disk. */
const BATCH_FILES = 500;
/** Nobody waits longer than this to see what was read. */
const BATCH_MS = 1_000;

/** Writes what was read down in batches: first where it lies, then its entries. */
export class ShareBatch {
  readonly #parts: ShareBatchParts;
  readonly #serial = createSerial();
  #gathered: Gathered[] = [];
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
    const holding: NewHolding = {
      holding: { root, size, chunkSize, absolutePath, mtimeMs, origin: "mine" },
      list,
    };
    const replaces = files.currentRefs(space, path);
    // The same content under the same name is nothing new to anybody.
    const isNew = replaces.length === 0 || files.rootOf(space, path) !== root;
    const entry: RawEntry = {
      type: "put",
      path,
      size,
      changedAt: Math.round(mtimeMs),
      mediaType,
      chunkSize,
      root,
      replaces,
    };
    this.#gathered.push({ holding, entry: isNew ? entry : null });
    if (
      this.#gathered.length >= BATCH_FILES ||
      clock.monotonic() - this.#flushedAt > BATCH_MS
    )
      await this.#writeSome();
  }

  /** Takes files off the list (EN5). @throws `disk-full` */
  async remove(paths: readonly string[]): Promise<void> {
    const { files, space } = this.#parts;
    for (const path of paths) {
      const replaces = files.currentRefs(space, path);
      const entry: RawEntry = { type: "remove", path, replaces };
      this.#gathered.push({ holding: null, entry });
    }
    if (this.#gathered.length >= BATCH_FILES) await this.flush();
  }

  /** Writes all that is gathered. @throws `disk-full` */
  async flush(): Promise<void> {
    do await this.#writeSome();
    while (this.#gathered.length > 0);
  }

  #writeSome(): Promise<void> {
    return this.#serial(async () => {
      // Not more at one time, so that other work gets its turn.
      const some = this.#gathered.splice(0, BATCH_FILES);
      const holdings = some.flatMap(({ holding }) => holding ?? []);
      const entries = some.flatMap(({ entry }) => entry ?? []);
      this.#flushedAt = this.#parts.clock.monotonic();
      // Before the entries, so that whoever reads of a file can have it.
      this.#parts.holdings.addMany(holdings);
      if (entries.length > 0) await this.#parts.write(entries);
    });
  }
}
