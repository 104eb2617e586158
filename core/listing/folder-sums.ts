import type { Database } from "#core/storage/database.ts";
import { foldersOf, nameOf, parentOf } from "./file-paths.ts";
import { plainName, sortKey } from "./sort-key.ts";

/** What one file adds to the folders it lies in; negative when it goes. */
export interface FileSum {
  readonly files: number;
  readonly bytes: number;
  readonly hereFiles: number;
  readonly hereBytes: number;
}

interface Change {
  files: number;
  bytes: number;
  hereFiles: number;
  hereBytes: number;
  direct: number;
}

/**
 * Keeps, for every folder of every collection, how much lies below it, so that
 * no list ever has to count. Gathers changes and writes each folder once.
 */
export class FolderSums {
  readonly #index: Database;
  readonly #changes = new Map<number, Map<string, Change>>();

  constructor(index: Database) {
    this.#index = index;
  }

  /** Notes that a file came, went or changed. */
  add(collection: number, path: string, sum: FileSum): void {
    const folders = this.#changes.get(collection) ?? new Map<string, Change>();
    this.#changes.set(collection, folders);
    for (const [level, folder] of foldersOf(path).entries()) {
      const change = folders.get(folder) ?? none();
      folders.set(folder, change);
      change.files += sum.files;
      change.bytes += sum.bytes;
      change.hereFiles += sum.hereFiles;
      change.hereBytes += sum.hereBytes;
      if (level === 0) change.direct += sum.files;
    }
  }

  /** Writes what was noted; to be called inside the transaction of the rows it is about. */
  write(): void {
    const changes = [...this.#changes];
    this.#changes.clear();
    for (const [collection, folders] of changes)
      for (const [path, change] of folders)
        this.#writeFolder(collection, path, change);
  }

  #writeFolder(collection: number, path: string, change: Change): void {
    const { files, bytes, hereFiles, hereBytes, direct } = change;
    const name = nameOf(path);
    this.#index.run(
      `INSERT INTO collection_folders
         (collection, path, parent, sort, plain,
          files, bytes, here_files, here_bytes, direct_files)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (collection, path) DO UPDATE SET
         files = files + excluded.files,
         bytes = bytes + excluded.bytes,
         here_files = here_files + excluded.here_files,
         here_bytes = here_bytes + excluded.here_bytes,
         direct_files = direct_files + excluded.direct_files`,
      [
        collection,
        path,
        path === "" ? null : parentOf(path),
        sortKey(name),
        plainName(name),
        files,
        bytes,
        hereFiles,
        hereBytes,
        direct,
      ],
    );
    if (files < 0)
      this.#index.run(
        "DELETE FROM collection_folders WHERE collection = ? AND path = ? AND files = 0",
        [collection, path],
      );
  }
}

function none(): Change {
  return { files: 0, bytes: 0, hereFiles: 0, hereBytes: 0, direct: 0 };
}
