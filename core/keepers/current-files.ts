import * as v from "valibot";
import { fileRootSchema } from "#core/contract/ids.ts";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";

/** Content of a space that a keeper is to have. */
export interface CurrentFile {
  readonly root: FileRoot;
  readonly size: number;
}

/** What a space shows now: files of posts, files of a collection as they stand, small pictures. Earlier versions are not among it. */
export class CurrentFiles {
  readonly #index: Database;

  constructor(index: Database) {
    this.#index = index;
  }

  of(space: SpaceId): readonly CurrentFile[] {
    return this.#index.all(
      `SELECT f.root AS root, f.size AS size
         FROM collection_files f JOIN collections c ON c.id = f.collection
         WHERE c.space = ?1
       UNION
       SELECT root, size FROM named
         WHERE space = ?1 AND (subject < 'file:' OR subject >= 'file;')`,
      [space],
      (row) => ({
        root: v.parse(fileRootSchema, text(row, "root")),
        size: int(row, "size"),
      }),
    );
  }
}
