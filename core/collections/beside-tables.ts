import type { Migration } from "#core/storage/database.ts";

/**
 * Versions of files that stand beside the one that lies in a folder of mine,
 * under names of this computer alone (EN5). Their places are in `saved_files`,
 * under these names. Durable; on disk since 0.2.
 */
export const BESIDE_MIGRATION: Migration = `
  CREATE TABLE beside_files (
    destination INTEGER NOT NULL,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    root TEXT NOT NULL,
    PRIMARY KEY (destination, name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX beside_files_path ON beside_files (destination, path);
`;
