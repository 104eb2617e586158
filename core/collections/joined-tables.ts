import type { Migration } from "#core/storage/database.ts";

/**
 * Folders that take part: what others change arrives there. Durable; on disk
 * since 0.2. `joined_folders`: one for a collection at most, its files and names
 * in `saved_files` of its destination. `beside_files`: other versions of a file
 * that stand, under names of this computer alone; they are nobody's own files.
 */
export const JOINED_MIGRATION: Migration = `
  CREATE TABLE joined_folders (
    space TEXT PRIMARY KEY NOT NULL,
    destination INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE beside_files (
    destination INTEGER NOT NULL,
    path TEXT NOT NULL,
    ref TEXT NOT NULL,
    parts TEXT NOT NULL,
    root TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ms REAL NOT NULL,
    PRIMARY KEY (destination, path, ref)
  ) STRICT, WITHOUT ROWID;
`;
