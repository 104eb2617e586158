import * as v from "valibot";
import { fileRootSchema, spaceIdSchema } from "#core/contract/ids.ts";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { breathe } from "#core/base/breathe.ts";
import { createGroup } from "#core/base/serial.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import { collectionNumber } from "./file-heads.ts";
import { FolderSums } from "./folder-sums.ts";

/** Path and size of a file that came. */
const cameSchema = v.array(v.tuple([v.string(), v.number()]));

/** Files looked at before others get their turn. */
const SLICE_FILES = 500;

const SELECT = `SELECT f.*, c.space AS space FROM collection_files f
  JOIN collections c ON c.id = f.collection`;

interface Row {
  readonly collection: number;
  readonly space: SpaceId;
  readonly path: string;
  readonly size: number;
  readonly root: FileRoot;
  readonly here: boolean;
}

/** Whether the content of a file of a collection is on this computer. */
export type IsHere = (root: FileRoot, space: SpaceId, path: string) => boolean;

/** Keeps `here` in the lists and the sums of folders in step with the holdings. */
export class Here {
  readonly #index: Database;
  readonly #isHere: IsHere;
  readonly #lookUp: (roots: readonly FileRoot[]) => void;
  /** Looks at every file of every collection; calls that come together share one look. */
  readonly reconcile: () => Promise<void>;
  #isClosed = false;

  /** `lookUp`: looks many up at once that are asked about next. */
  constructor(
    index: Database,
    isHere: IsHere,
    lookUp: (roots: readonly FileRoot[]) => void = () => undefined,
  ) {
    this.#index = index;
    this.#isHere = isHere;
    this.#lookUp = lookUp;
    this.reconcile = createGroup(() => this.#reconcile());
  }

  /** Notes that files of one collection, with this content, came to be here. */
  came(
    space: SpaceId,
    files: Iterable<{ readonly path: string; readonly root: FileRoot }>,
  ): void {
    const collection = collectionNumber(this.#index, space);
    if (collection === null) return;
    const came = [...files].map(({ path, root }) => [path, root]);
    this.#index.transaction(() => {
      const sums = new FolderSums(this.#index);
      // Listed with other content meanwhile: then the next look tells.
      const rows = this.#index.packed(
        `SELECT json_group_array(json_array(f.path, f.size)) AS packed
         FROM json_each(?1) j CROSS JOIN collection_files f
           ON f.collection = ?2 AND f.path = j.value ->> 0
         WHERE f.here = 0 AND f.root = j.value ->> 1`,
        [JSON.stringify(came), collection],
        (all) => v.parse(cameSchema, all),
      );
      this.#index.run(
        `UPDATE collection_files SET here = 1
         WHERE collection = ?2 AND path IN (SELECT value ->> 0 FROM json_each(?1))`,
        [JSON.stringify(rows), collection],
      );
      for (const [path, size] of rows)
        sums.add(collection, path, {
          files: 0,
          bytes: 0,
          hereFiles: 1,
          hereBytes: size,
        });
      sums.write();
    });
  }

  /** Looks anew at some files of a collection. */
  look(space: SpaceId, paths: readonly string[]): void {
    const collection = collectionNumber(this.#index, space);
    if (collection === null) return;
    this.#index.transaction(() => {
      this.#write(
        paths.flatMap(
          (path) =>
            this.#index.get(
              `${SELECT} WHERE f.collection = ? AND f.path = ?`,
              [collection, path],
              read,
            ) ?? [],
        ),
        this.#isHere,
      );
    });
  }

  close(): void {
    this.#isClosed = true;
  }

  async #reconcile(): Promise<void> {
    let collection = 0;
    let path = "";
    while (!this.#isClosed) {
      const rows = this.#index.all(
        `${SELECT} WHERE (f.collection, f.path) > (?, ?)
         ORDER BY f.collection, f.path LIMIT ?`,
        [collection, path, SLICE_FILES],
        read,
      );
      const last = rows.at(-1);
      if (last === undefined) return;
      ({ collection, path } = last);
      this.#lookUp(rows.map(({ root }) => root));
      this.#index.transaction(() => {
        this.#write(rows, this.#isHere);
      });
      await breathe();
    }
  }

  #write(rows: readonly Row[], isHereNow: IsHere): void {
    const sums = new FolderSums(this.#index);
    for (const { collection, space, path, size, root, here } of rows) {
      const isHere = isHereNow(root, space, path);
      if (isHere === here) continue;
      const sign = isHere ? 1 : -1;
      this.#index.run(
        "UPDATE collection_files SET here = ? WHERE collection = ? AND path = ?",
        [isHere ? 1 : 0, collection, path],
      );
      sums.add(collection, path, {
        files: 0,
        bytes: 0,
        hereFiles: sign,
        hereBytes: sign * size,
      });
    }
    sums.write();
  }
}

function read(row: Parameters<typeof int>[0]): Row {
  return {
    collection: int(row, "collection"),
    space: v.parse(spaceIdSchema, text(row, "space")),
    path: text(row, "path"),
    size: int(row, "size"),
    root: v.parse(fileRootSchema, text(row, "root")),
    here: int(row, "here") === 1,
  };
}
