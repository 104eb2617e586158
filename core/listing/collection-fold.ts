import * as v from "valibot";
import type { EntryRef, PersonId, SpaceId } from "#core/contract/ids.ts";
import { CLOCK_AHEAD_MS } from "#core/contract/limits.ts";
import type { Folding, PlacedEntry } from "#core/spaces/fold.ts";
import type { HybridTime } from "#core/spaces/hybrid-clock.ts";
import { int } from "#core/storage/database.ts";
import { collectionEntrySchema } from "./collection-entries.ts";
import type {
  CollectionEntry,
  CollectionEntryOf,
} from "./collection-entries.ts";
import { CollectionWriters, isCounted } from "./collection-writers.ts";
import type { Writer } from "./collection-writers.ts";
import {
  EntryNotes,
  firstOf,
  lastCounted,
  pathsAffected,
} from "./entry-notes.ts";
import type { FileNote } from "./entry-notes.ts";
import { FileRows } from "./file-rows.ts";
import type { FileRowsOptions } from "./file-rows.ts";
import { FolderSums } from "./folder-sums.ts";

export interface CollectionFoldOptions extends FileRowsOptions {
  /** Something was noted about these paths; also when the slice is noted again. */
  readonly onFiles?: (space: SpaceId, paths: Iterable<string>) => void;
  /** A founder said something new about who may write (SP5). */
  readonly onWriters?: (space: SpaceId) => Promise<void>;
}

/** What one slice brought about one collection. */
interface Slice {
  readonly founder: PersonId;
  changed: number;
  readonly describes: Noted<"describe">[];
  readonly admits: Noted<"admit">[];
  /** By path. */
  readonly files: Map<string, FileNote[]>;
}

interface Noted<T extends CollectionEntry["type"]> {
  readonly ref: EntryRef;
  readonly time: HybridTime;
  readonly entry: CollectionEntryOf<T>;
}

/** What a writer may say; the rest is the founder's alone (SP5). */
function isForWriters(
  entry: CollectionEntry,
): entry is CollectionEntryOf<"put" | "remove"> {
  return entry.type === "put" || entry.type === "remove";
}

/** Folds collections into lists of files and folders: pure in the set of entries (EN4). */
export class CollectionFold implements Folding {
  readonly #options: CollectionFoldOptions;
  readonly #rows: FileRows;
  readonly #writers: CollectionWriters;
  /** Collections whose writers are others than before. */
  readonly #rewritten = new Set<SpaceId>();
  // Nothing else is kept between slices: one that fails is noted again.
  #slices = new Map<SpaceId, Slice>();

  constructor(options: CollectionFoldOptions) {
    this.#options = options;
    this.#rows = new FileRows(options);
    this.#writers = new CollectionWriters(options.index);
  }

  note(placed: PlacedEntry): void {
    const { space, ref, time, writtenAt, arrivedAt } = placed;
    if (space.kind !== "collection") return;
    const read = v.safeParse(collectionEntrySchema, placed.entry);
    if (!read.success) return;
    const entry = read.output;
    const { founder } = space.charter;
    const isFounder = placed.person === founder;
    if (!isFounder && !isForWriters(entry)) return;
    const slice = this.#slice(space.id, founder);
    // A clock far ahead is not believed (EN3).
    const at = writtenAt > arrivedAt + CLOCK_AHEAD_MS ? arrivedAt : writtenAt;
    if (isFounder) slice.changed = Math.max(slice.changed, at);
    if (entry.type === "describe") slice.describes.push({ ref, time, entry });
    else if (entry.type === "admit") slice.admits.push({ ref, time, entry });
    else {
      const person = isFounder ? null : placed.person;
      const note: FileNote = { ref, time, person, at, entry };
      const noted = slice.files.get(entry.path);
      if (noted === undefined) slice.files.set(entry.path, [note]);
      else noted.push(note);
    }
  }

  settle(): void {
    const slices = this.#slices;
    this.#slices = new Map();
    for (const [space, slice] of slices) {
      const collection = this.#collection(space, slice);
      for (const describe of slice.describes)
        this.#describe(collection, describe);
      const notes = new EntryNotes(this.#options.index);
      const known = notes.known(collection, [...slice.files.keys()]);
      for (const noted of slice.files.values())
        for (const one of noted) {
          notes.add(collection, one);
          this.#changedBy(collection, one);
        }
      const paths = new Set(slice.files.keys());
      for (const admit of slice.admits)
        if (admit.entry.person !== slice.founder)
          for (const path of this.#admit(collection, space, admit))
            paths.add(path);
      this.#lookUp(slice);
      const sums = new FolderSums(this.#options.index);
      for (const path of paths) {
        const first = known.has(path)
          ? null
          : firstOf(slice.files.get(path) ?? []);
        this.#rows.write({ collection, space, path, first }, sums);
      }
      sums.write();
      this.#options.onFiles?.(space, paths);
    }
  }

  /** Lets admission act on what founders said, before anything else is folded. */
  async settled(): Promise<void> {
    const spaces = [...this.#rewritten];
    this.#rewritten.clear();
    for (const space of spaces) await this.#options.onWriters?.(space);
  }

  #lookUp({ files }: Slice): void {
    const notes = [...files.values()].flat();
    this.#options.lookUp?.(
      notes.flatMap(({ entry }) => (entry.type === "put" ? [entry.root] : [])),
    );
  }

  #slice(space: SpaceId, founder: PersonId): Slice {
    const slice = this.#slices.get(space) ?? {
      founder,
      changed: 0,
      describes: [],
      admits: [],
      files: new Map<string, FileNote[]>(),
    };
    this.#slices.set(space, slice);
    return slice;
  }

  /** The short number of a collection, given on first sight; its last change moves on. */
  #collection(space: SpaceId, { founder, changed }: Slice): number {
    const id = this.#options.index.get(
      `INSERT INTO collections (space, person, changed, founder_changed)
       VALUES (?1, ?2, ?3, ?3)
       ON CONFLICT (space) DO UPDATE SET
         changed = max(changed, ?3), founder_changed = max(founder_changed, ?3)
       RETURNING id`,
      [space, founder, changed],
      (row) => int(row, "id"),
    );
    if (id === null) throw new Error("a collection without a number");
    return id;
  }

  /** What a writer wrote moves the last change on, if it counts. */
  #changedBy(collection: number, { person, ref, at }: FileNote): void {
    if (person === null) return;
    if (isCounted(this.#writers.get(collection, person), ref))
      this.#options.index.run(
        "UPDATE collections SET changed = max(changed, ?) WHERE id = ?",
        [at, collection],
      );
  }

  #describe(
    collection: number,
    { ref, time, entry: { title, about } }: Noted<"describe">,
  ): void {
    this.#options.index.run(
      `UPDATE collections SET title = ?, about = ?,
         described_ms = ?3, described_count = ?4, described_ref = ?5
       WHERE id = ?6 AND
         (described_ms, described_count, described_ref) < (?3, ?4, ?5)`,
      [title, about, time[0], time[1], ref, collection],
    );
  }

  /** @returns the paths that stand otherwise now */
  #admit(
    collection: number,
    space: SpaceId,
    { ref, time, entry }: Noted<"admit">,
  ): readonly string[] {
    const { index } = this.#options;
    const { person } = entry;
    const before = this.#writers.get(collection, person);
    if (!this.#writers.note(collection, entry, ref, time)) return [];
    this.#rewritten.add(space);
    const after = this.#writers.get(collection, person);
    const paths = pathsAffected(index, collection, person, before, after);
    if (paths.length > 0) this.#redate(collection);
    return paths;
  }

  /** The last change, from all that counts now. */
  #redate(collection: number): void {
    const { index } = this.#options;
    const writers = this.#writers.all(collection);
    const last = Math.max(
      0,
      ...writers.map((it: Writer) => lastCounted(index, collection, it) ?? 0),
    );
    index.run(
      "UPDATE collections SET changed = max(founder_changed, ?) WHERE id = ?",
      [last, collection],
    );
  }
}
