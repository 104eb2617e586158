import * as v from "valibot";
import type {
  EntryRef,
  FileRoot,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import { CLOCK_AHEAD_MS } from "#core/contract/limits.ts";
import type { Named } from "#core/files/named.ts";
import type { Folding, PlacedEntry } from "#core/spaces/fold.ts";
import type { HybridTime } from "#core/spaces/hybrid-clock.ts";
import { int } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import { collectionEntrySchema } from "./collection-entries.ts";
import type { CollectionEntryOf } from "./collection-entries.ts";
import { headsOf, notedFiles } from "./file-heads.ts";
import type { PutContent } from "./file-heads.ts";
import { nameOf, parentOf } from "./file-paths.ts";
import { FolderSums } from "./folder-sums.ts";
import { plainName, sortKey } from "./sort-key.ts";

export interface CollectionFoldOptions {
  readonly index: Database;
  readonly named: Pick<Named, "replace">;
  /** Whether content is on this computer; asked once for each file that comes. */
  readonly isHere: (root: FileRoot) => boolean;
}

/** The row of a file as it stood before. */
interface Before {
  readonly size: number;
  readonly here: number;
}

/** What one slice brought about one collection. */
interface Slice {
  readonly founder: PersonId;
  changed: number;
  readonly describes: Noted<"describe">[];
  /** By path. */
  readonly files: Map<string, Noted<"put" | "remove">[]>;
}

interface Noted<T extends "describe" | "put" | "remove"> {
  readonly ref: EntryRef;
  readonly time: HybridTime;
  readonly entry: CollectionEntryOf<T>;
}

/** Folds collections into lists of files and folders: pure in the set of entries (EN4). */
export class CollectionFold implements Folding {
  readonly #options: CollectionFoldOptions;
  // Nothing else is kept between slices: one that fails is noted again.
  #slices = new Map<SpaceId, Slice>();

  constructor(options: CollectionFoldOptions) {
    this.#options = options;
  }

  note(placed: PlacedEntry): void {
    const { space, ref, time, writtenAt, arrivedAt } = placed;
    if (space.kind !== "collection") return;
    const read = v.safeParse(collectionEntrySchema, placed.entry);
    if (!read.success) return;
    const entry = read.output;
    const slice = this.#slices.get(space.id) ?? {
      founder: space.charter.founder,
      changed: 0,
      describes: [],
      files: new Map<string, Noted<"put" | "remove">[]>(),
    };
    this.#slices.set(space.id, slice);
    // A clock far ahead is not believed (EN3).
    const at = writtenAt > arrivedAt + CLOCK_AHEAD_MS ? arrivedAt : writtenAt;
    slice.changed = Math.max(slice.changed, at);
    if (entry.type === "describe") {
      slice.describes.push({ ref, time, entry });
      return;
    }
    const noted = slice.files.get(entry.path);
    if (noted === undefined)
      slice.files.set(entry.path, [{ ref, time, entry }]);
    else noted.push({ ref, time, entry });
  }

  settle(): void {
    const slices = this.#slices;
    this.#slices = new Map();
    for (const [space, slice] of slices) {
      const collection = this.#collection(space, slice);
      for (const describe of slice.describes)
        this.#describe(collection, describe);
      const sums = new FolderSums(this.#options.index);
      for (const [path, noted] of slice.files) {
        for (const one of noted) this.#noteFile(collection, one);
        this.#writeFile(collection, space, path, sums);
      }
      sums.write();
    }
  }

  /** The short number of a collection, given on first sight; its last change moves on. */
  #collection(space: SpaceId, { founder, changed }: Slice): number {
    const id = this.#options.index.get(
      `INSERT INTO collections (space, person, changed) VALUES (?, ?, ?)
       ON CONFLICT (space) DO UPDATE SET changed = max(changed, excluded.changed)
       RETURNING id`,
      [space, founder, changed],
      (row) => int(row, "id"),
    );
    if (id === null) throw new Error("a collection without a number");
    return id;
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

  #noteFile(
    collection: number,
    { ref, time, entry }: Noted<"put" | "remove">,
  ): void {
    const { path, replaces } = entry;
    const put = entry.type === "put" ? entry : null;
    this.#options.index.run(
      `INSERT OR IGNORE INTO collection_entries
         (collection, path, ref, ms, count, replaces,
          size, file_ms, media_type, chunk_size, root)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        collection,
        path,
        ref,
        time[0],
        time[1],
        replaces.length === 0 ? null : JSON.stringify(replaces),
        put?.size ?? null,
        put?.changedAt ?? null,
        put?.mediaType ?? null,
        put?.chunkSize ?? null,
        put?.root ?? null,
      ],
    );
  }

  /** Makes the row of a path from everything noted about it; none when it was removed. */
  #writeFile(
    collection: number,
    space: SpaceId,
    path: string,
    sums: FolderSums,
  ): void {
    const { index, named } = this.#options;
    const heads = headsOf(notedFiles(index, collection, path));
    // A put that a remove did not know of stands beside it: nothing vanishes unseen.
    const versions = heads.flatMap(({ content }) => content ?? []);
    const shown = versions.at(-1) ?? null;
    const before = index.get(
      "SELECT size, here FROM collection_files WHERE collection = ? AND path = ?",
      [collection, path],
      (row): Before => ({ size: int(row, "size"), here: int(row, "here") }),
    );
    if (before === null && shown === null) return;
    const isHere = shown !== null && this.#options.isHere(shown.root);
    sums.add(collection, path, {
      files: (shown === null ? 0 : 1) - (before === null ? 0 : 1),
      bytes: (shown?.size ?? 0) - (before?.size ?? 0),
      hereFiles: (isHere ? 1 : 0) - (before?.here ?? 0),
      hereBytes:
        (isHere ? shown.size : 0) - (before?.here === 1 ? before.size : 0),
    });
    if (shown === null)
      index.run(
        "DELETE FROM collection_files WHERE collection = ? AND path = ?",
        [collection, path],
      );
    else this.#writeRow(collection, path, shown, versions.length, isHere);
    const name = nameOf(path);
    named.replace(
      space,
      `file:${path}`,
      versions.map(({ root, size, chunkSize, mediaType }) => ({
        root,
        name,
        size,
        chunkSize,
        mediaType,
      })),
    );
  }

  #writeRow(
    collection: number,
    path: string,
    content: PutContent,
    versions: number,
    isHere: boolean,
  ): void {
    const name = nameOf(path);
    this.#options.index.run(
      `INSERT OR REPLACE INTO collection_files
         (collection, path, folder, sort, plain, size, file_ms, media_type,
          chunk_size, root, versions, here)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        collection,
        path,
        parentOf(path),
        sortKey(name),
        plainName(name),
        content.size,
        content.changedAt,
        content.mediaType,
        content.chunkSize,
        content.root,
        versions,
        isHere ? 1 : 0,
      ],
    );
  }
}
