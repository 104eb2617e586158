import type { Migration } from "#core/storage/database.ts";

/**
 * Part of the index: how files look, as each writer says. `person` is empty for
 * the founder. Derived from logs, thrown away with the index.
 */
export const LOOK_MIGRATION: Migration = `
  CREATE TABLE looks (
    space TEXT NOT NULL,
    root TEXT NOT NULL,
    person TEXT NOT NULL,
    ref TEXT NOT NULL,
    ms INTEGER NOT NULL,
    count INTEGER NOT NULL,
    width INTEGER,
    height INTEGER,
    duration_ms INTEGER,
    picture_root TEXT,
    picture_size INTEGER,
    picture_type TEXT,
    PRIMARY KEY (space, root, person)
  ) STRICT, WITHOUT ROWID;
`;

/** Own files that cannot be decoded, so that they are never tried again. On disk since 0.2. */
export const BLIND_MIGRATION: Migration = `
  CREATE TABLE blind_files (
    root TEXT PRIMARY KEY NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
