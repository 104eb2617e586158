import type { EntryRef, FileRoot, LogKey } from "#core/contract/ids.ts";
import type { Time } from "#core/contract/models.ts";
import type { Clock } from "#core/base/clock.ts";
import { createSerial } from "#core/base/serial.ts";
import type { NewHolding } from "#core/files/model.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import { REPLACES_MAX } from "#core/listing/collection-entries.ts";
import type { CountedFile } from "#core/folders/folder-files.ts";
import type { ReadFile } from "#core/folders/read-file.ts";

export interface ShareBatchParts {
  /** Writes down where files lie, and their numbers, with one wait for the disk. */
  readonly writeDown: (
    holdings: readonly NewHolding[],
    files: readonly CountedFile[],
  ) => Promise<void>;
  readonly clock: Clock;
  /** Writes entries to the collection's log, and tells who may want them. */
  readonly write: (entries: readonly RawEntry[]) => Promise<void>;
  /** The log that is written to. */
  readonly log: LogKey;
  /** Which versions files were made from, and so what an entry about a path replaces (EN5). */
  readonly base: VersionsOfFolder;
}

/** Which versions the files of a folder were made from. */
export interface VersionsOfFolder {
  replaces(path: string): readonly EntryRef[];
  beside(
    path: string,
    log: LogKey,
    replaces: readonly EntryRef[],
  ): readonly EntryRef[];
  isNews(path: string, root: FileRoot): boolean;
  noteShared(files: readonly ReadFile[], at: Time): void;
}

interface Gathered {
  readonly holding: NewHolding | null;
  readonly file: CountedFile | null;
  readonly read: ReadFile | null;
  /** Of one file, in the order they are written in. */
  readonly entries: readonly RawEntry[];
}

type FileEntry = RawEntry & { readonly replaces: readonly EntryRef[] };

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
    ino,
    from = null,
  }: ReadFile): Promise<void> {
    const { base, clock } = this.#parts;
    const { root, size, chunkSize, mtimeMs, list } = hashed;
    const holding: NewHolding = {
      holding: { root, size, chunkSize, absolutePath, mtimeMs, origin: "mine" },
      list,
    };
    const facts = {
      size,
      changedAt: Math.round(mtimeMs),
      mediaType,
      chunkSize,
      root,
    };
    const file = { path, ino };
    // The same content under the same name is nothing new to anybody.
    const entries =
      from !== null
        ? this.#moved(path, facts, from)
        : base.isNews(path, root)
          ? [this.#entry("put", path, facts)]
          : [];
    const read = { path, absolutePath, hashed, mediaType, ino };
    this.#gathered.push({ holding, file, read, entries });
    if (
      this.#gathered.length >= BATCH_FILES ||
      clock.monotonic() - this.#flushedAt > BATCH_MS
    )
      await this.#writeSome();
  }

  /** Notes the numbers of files that are listed as they are. @throws `disk-full` */
  async note(file: CountedFile): Promise<void> {
    this.#gathered.push({ holding: null, file, read: null, entries: [] });
    if (this.#gathered.length >= BATCH_FILES) await this.#writeSome();
  }

  /** Takes files off the list (EN5). @throws `disk-full` */
  async remove(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const entries = [this.#entry("remove", path, {})];
      this.#gathered.push({ holding: null, file: null, read: null, entries });
    }
    if (this.#gathered.length >= BATCH_FILES) await this.flush();
  }

  /** Writes all that is gathered. @throws `disk-full` */
  async flush(): Promise<void> {
    do await this.#writeSome();
    while (this.#gathered.length > 0);
  }

  /** First off its old name, then at the new one, which says where it was (FI9). */
  #moved(path: string, facts: object, from: string): readonly RawEntry[] {
    const remove = this.#entry("remove", from, {});
    const put = this.#entry("put", path, facts);
    const replaces = [...remove.replaces, ...put.replaces];
    return [
      remove,
      { ...put, replaces: replaces.slice(0, REPLACES_MAX), from },
    ];
  }

  /** An entry about a path, with all it says of others about it (EN5). */
  #entry(type: "put" | "remove", path: string, facts: object): FileEntry {
    const { base, log } = this.#parts;
    const replaces = base.replaces(path);
    const beside = base.beside(path, log, replaces);
    const entry = { type, path, ...facts, replaces };
    return beside.length === 0 ? entry : { ...entry, beside };
  }

  #writeSome(): Promise<void> {
    return this.#serial(async () => {
      // Not more at one time, so that other work gets its turn.
      const some = this.#gathered.splice(0, BATCH_FILES);
      const holdings = some.flatMap(({ holding }) => holding ?? []);
      const counted = some.flatMap(({ file }) => file ?? []);
      const entries = some.flatMap((one) => one.entries);
      this.#flushedAt = this.#parts.clock.monotonic();
      // Before the entries, so that whoever reads of a file can have it.
      await this.#parts.writeDown(holdings, counted);
      if (entries.length > 0) await this.#parts.write(entries);
      // After them: a change that was not told is a change at the next look too.
      this.#parts.base?.noteShared(
        some.flatMap(({ read }) => read ?? []),
        this.#parts.clock.now(),
      );
    });
  }
}
