import type { Migration } from "#core/storage/database.ts";

/**
 * What this computer alone knows of collections; durable. On disk since 0.1.
 * No key of a space is ever stored here.
 *
 * `shared_folders`: where my own collections stand. `mark` tells one folder from
 * another at the same path. `destinations` and `saved_files`: where files of
 * others were put, under which names, and how we left them (FI4, FI7).
 */
export const COLLECTIONS_MIGRATION: Migration = `
  CREATE TABLE shared_folders (
    space TEXT PRIMARY KEY NOT NULL,
    path TEXT NOT NULL,
    mark TEXT NOT NULL,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    audience TEXT NOT NULL,
    offered INTEGER NOT NULL DEFAULT 0,
    left_out TEXT NOT NULL DEFAULT '[]'
  ) STRICT;

  CREATE TABLE collection_titles (
    space TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    followed INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE destinations (
    id INTEGER PRIMARY KEY,
    space TEXT NOT NULL,
    base TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (space, base),
    UNIQUE (base, name)
  ) STRICT;

  CREATE TABLE saved_files (
    destination INTEGER NOT NULL,
    path TEXT NOT NULL,
    parts TEXT NOT NULL,
    root TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ms REAL NOT NULL,
    PRIMARY KEY (destination, path)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE transfers (
    id TEXT PRIMARY KEY NOT NULL,
    direction TEXT NOT NULL,
    space TEXT NOT NULL,
    title TEXT NOT NULL,
    stage TEXT NOT NULL,
    problem TEXT,
    destination INTEGER,
    paths TEXT NOT NULL DEFAULT '[]',
    is_first INTEGER NOT NULL DEFAULT 0,
    files_done INTEGER NOT NULL DEFAULT 0,
    files_total INTEGER NOT NULL DEFAULT 0,
    bytes_done INTEGER NOT NULL DEFAULT 0,
    bytes_total INTEGER NOT NULL DEFAULT 0,
    started_ms INTEGER NOT NULL,
    ended_ms INTEGER
  ) STRICT;
`;
