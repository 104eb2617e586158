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

/**
 * How own folders are watched. `live`: changes are shared by themselves.
 * `excludes`: what is left out, by choice. `only_files`: the chosen files of a
 * folder that is not shared whole. `gone`: files that are missing at once and
 * stay listed until somebody says so. `folder_files` knows files again that
 * were given another name.
 */
export const WATCHING_MIGRATION: Migration = `
  ALTER TABLE shared_folders ADD COLUMN live INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE shared_folders ADD COLUMN excludes TEXT;
  ALTER TABLE shared_folders ADD COLUMN only_files TEXT;
  ALTER TABLE shared_folders ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;

  CREATE TABLE folder_files (
    space TEXT NOT NULL,
    path TEXT NOT NULL,
    ino TEXT NOT NULL,
    PRIMARY KEY (space, path)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX folder_files_by_ino ON folder_files (space, ino);
`;

/** When a file was last opened, or else when it came: who goes first when room is made by itself. On disk since 0.2. */
export const SAVED_USE_MIGRATION: Migration = `
  ALTER TABLE saved_files ADD COLUMN used_ms INTEGER NOT NULL DEFAULT 0;
`;

/** Transfers have an order that a person can change, and say why they run. On disk since 0.1. */
export const TRANSFER_ORDER_MIGRATION: Migration = `
  ALTER TABLE transfers ADD COLUMN place REAL NOT NULL DEFAULT 0;
  ALTER TABLE transfers ADD COLUMN reason TEXT NOT NULL DEFAULT 'asked';
`;

/** What stands behind the last dot of a path; what hides nothing is taken off its end. Nothing without a dot. */
export const ENDING = `CASE WHEN instr(path, '.') = 0 THEN '' ELSE
  replace(path, rtrim(rtrim(path, '. '), replace(path, '.', '')), '') END`;

/** What is here is summed up by ending without going through every row. On disk since 0.1. */
export const SAVED_ENDINGS_MIGRATION: Migration = `
  CREATE INDEX saved_endings ON saved_files (destination, ${ENDING}, size);
`;
