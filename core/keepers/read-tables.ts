import type { Migration } from "#core/storage/database.ts";

/** What is kept for others and may be read, and what those who keep for me could not show. On disk since 0.1. */
export const READ_MIGRATION: Migration = `
  CREATE TABLE keeper_wishes (
    person TEXT PRIMARY KEY,
    bytes INTEGER,
    until INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE keeper_heard (
    person TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    until INTEGER,
    used INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE read_keeps (
    person TEXT NOT NULL,
    space TEXT NOT NULL,
    place INTEGER NOT NULL,
    came INTEGER NOT NULL,
    PRIMARY KEY (person, space)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE read_files (
    root TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE keeper_failed (
    person TEXT NOT NULL,
    root TEXT NOT NULL,
    PRIMARY KEY (person, root)
  ) STRICT, WITHOUT ROWID;
`;
