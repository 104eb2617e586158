import * as v from "valibot";
import { fileRootSchema } from "#core/contract/ids.ts";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { breathe } from "#core/base/breathe.ts";
import { createGroup } from "#core/base/serial.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import { collectionNumber } from "./file-heads.ts";
import { FolderSums } from "./folder-sums.ts";

/** Files looked at before others get their turn. */
const SLICE_FILES = 500;

interface Row {
  readonly collection: number;
  readonly path: string;
  readonly size: number;
  readonly root: FileRoot;
  readonly here: boolean;
}

/** Keeps `here` in the lists and the sums of folders in step with the holdings. */
export class Here {
  readonly #index: Database;
  readonly #isHere: (root: FileRoot) => boolean;
  /** Looks at every file of every collection; calls that come together share one look. */
  readonly reconcile: () => Promise<void>;
  #isClosed = false;

  constructor(index: Database, isHere: (root: FileRoot) => boolean) {
    this.#index = index;
    this.#isHere = isHere;
    this.reconcile = createGroup(() => this.#reconcile());
  }

  /** Notes that files of one collection, with this content, came to be here. */
  came(
    space: SpaceId,
    files: Iterable<{ readonly path: string; readonly root: FileRoot }>,
  ): void {
    const collection = collectionNumber(this.#index, space);
    if (collection === null) return;
    this.#index.transaction(() => {
      const rows: Row[] = [];
      for (const { path, root } of files) {
        const row = this.#index.get(
          `SELECT * FROM collection_files WHERE collection = ? AND path = ?`,
          [collection, path],
          read,
        );
        // Listed with other content meanwhile: then the next look tells.
        if (row?.root === root) rows.push(row);
      }
      this.#write(rows, () => true);
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
        `SELECT * FROM collection_files
         WHERE (collection, path) > (?, ?)
         ORDER BY collection, path LIMIT ?`,
        [collection, path, SLICE_FILES],
        read,
      );
      const last = rows.at(-1);
      if (last === undefined) return;
      ({ collection, path } = last);
      this.#index.transaction(() => {
        this.#write(rows, this.#isHere);
      });
      await breathe();
    }
  }

  #write(rows: readonly Row[], isHereNow: (root: FileRoot) => boolean): void {
    const sums = new FolderSums(this.#index);
    for (const { collection, path, size, root, here } of rows) {
      const isHere = isHereNow(root);
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
    path: text(row, "path"),
    size: int(row, "size"),
    root: v.parse(fileRootSchema, text(row, "root")),
    here: int(row, "here") === 1,
  };
}
