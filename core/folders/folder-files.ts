import type { SpaceId } from "#core/contract/ids.ts";
import { text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import { readPairs } from "#core/storage/pairs.ts";
import type { Write } from "#core/storage/write-messages.ts";

/** A file of an own folder, as its disk counts it. */
export interface CountedFile {
  readonly path: string;
  readonly ino: number;
}

/** By which numbers the disk knows the files of own folders: a file is found again under another name (FI9). */
export class FolderFiles {
  readonly #local: Database;

  constructor(local: Database) {
    this.#local = local;
  }

  /** Null when it was never noted. */
  inoOf(space: SpaceId, path: string): string | null {
    return this.#local.get(
      "SELECT ino FROM folder_files WHERE space = ? AND path = ?",
      [space, path],
      (row) => text(row, "ino"),
    );
  }

  /** The numbers of those of some paths of which one was noted. */
  inosOf(
    space: SpaceId,
    paths: readonly string[],
  ): ReadonlyMap<string, string> {
    return this.#local.packed(
      `SELECT json_group_array(json_array(f.path, f.ino)) AS packed
       FROM json_each(?1) j CROSS JOIN folder_files f
         ON f.space = ?2 AND f.path = j.value`,
      [JSON.stringify(paths), space],
      readPairs,
    );
  }

  /** Every path that had this number when it was read; more than one for hard links. */
  pathsOf(space: SpaceId, ino: number): readonly string[] {
    return this.#local.all(
      "SELECT path FROM folder_files WHERE space = ? AND ino = ? LIMIT 16",
      [space, String(ino)],
      (row) => text(row, "path"),
    );
  }

  addMany(space: SpaceId, files: readonly CountedFile[]): void {
    this.#local.transaction(() => {
      const { sql, rows } = addingFolderFiles(space, files);
      for (const row of rows) this.#local.run(sql, row);
    });
  }

  removeMany(space: SpaceId, paths: readonly string[]): void {
    this.#local.transaction(() => {
      for (const path of paths)
        this.#local.run(
          "DELETE FROM folder_files WHERE space = ? AND path = ?",
          [space, path],
        );
    });
  }
}

/** What writes numbers down. */
export function addingFolderFiles(
  space: SpaceId,
  files: readonly CountedFile[],
): Write {
  return {
    sql: "INSERT OR REPLACE INTO folder_files (space, path, ino) VALUES (?, ?, ?)",
    rows: files.map(({ path, ino }) => [space, path, String(ino)]),
  };
}
