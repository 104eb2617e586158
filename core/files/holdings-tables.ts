import type { Migration } from "#core/storage/database.ts";

/**
 * On disk since version 1. A list is kept once for each root, however many
 * files have it (FI9), and apart from the rows, so that listing a folder does
 * not read megabytes of lists.
 */
export const HOLDINGS_MIGRATION: Migration = `
  CREATE TABLE holdings (
    path TEXT PRIMARY KEY NOT NULL,
    root TEXT NOT NULL,
    size INTEGER NOT NULL,
    chunk_size INTEGER NOT NULL,
    mtime_ms REAL NOT NULL,
    origin TEXT NOT NULL,
    changed INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE INDEX holdings_by_root ON holdings (root);
  CREATE TABLE chunk_lists (
    root TEXT PRIMARY KEY NOT NULL,
    list BLOB NOT NULL
  );
`;

/** Finds the few files that are not as they were without going through all. On disk since 0.1. */
export const HOLDINGS_UNLIKE_MIGRATION: Migration = `
  CREATE INDEX holdings_unlike ON holdings (changed) WHERE changed <> 0;
`;
