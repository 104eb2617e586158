import type { Migration } from "#core/storage/database.ts";

/**
 * What this computer is to keep, fetch by itself and let go; durable. On disk
 * since 0.1.
 *
 * `keep_marks`: one row for what a person said of a file, a folder, or "" for
 * everything; the nearest one above a file counts. `kept` 1 stays here, and
 * comes while `brought` is 1; `kept` 0 was let go, and no rule brings it back.
 * `freed_files`: moved aside, and removed a little later. `mark` is what the
 * file had before, to be given back with it.
 */
export const KEEPING_MIGRATION: Migration = `
  CREATE TABLE keep_marks (
    space TEXT NOT NULL,
    path TEXT NOT NULL,
    kept INTEGER NOT NULL,
    brought INTEGER NOT NULL,
    PRIMARY KEY (space, path)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE collection_rules (
    space TEXT PRIMARY KEY NOT NULL,
    rule TEXT NOT NULL,
    paused INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE freed_batches (
    batch TEXT PRIMARY KEY NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE freed_files (
    batch TEXT NOT NULL,
    number INTEGER NOT NULL,
    space TEXT NOT NULL,
    destination INTEGER NOT NULL,
    path TEXT NOT NULL,
    parts TEXT NOT NULL,
    folder TEXT NOT NULL,
    root TEXT NOT NULL,
    size INTEGER NOT NULL,
    chunk_size INTEGER NOT NULL,
    mtime_ms REAL NOT NULL,
    list BLOB,
    mark INTEGER,
    PRIMARY KEY (batch, number)
  ) STRICT, WITHOUT ROWID;
`;
