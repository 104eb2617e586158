/**
 * The collections part of the index. Everything in it is derived from logs and
 * can be thrown away. `collection_entries` is the set that was noted; the other
 * tables are made from it by `collection-fold.ts`. No key is ever stored here.
 *
 * `here` and its sums say what is on this computer. They come from the table of
 * holdings, not from entries, and are brought up to date by `here.ts`.
 *
 * An entry of the founder has no `person` and no `at`: nearly all are theirs, and
 * always count. Those of writers are kept whether they count now or not.
 */
export const COLLECTION_MIGRATION = `
  CREATE TABLE collections (
    id INTEGER PRIMARY KEY,
    space TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    about TEXT NOT NULL DEFAULT '',
    described_ms INTEGER NOT NULL DEFAULT -1,
    described_count INTEGER NOT NULL DEFAULT 0,
    described_ref TEXT NOT NULL DEFAULT '',
    founder_changed INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE collection_writers (
    collection INTEGER NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    is_on INTEGER NOT NULL,
    logs TEXT NOT NULL,
    ms INTEGER NOT NULL,
    count INTEGER NOT NULL,
    ref TEXT NOT NULL,
    PRIMARY KEY (collection, person)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE collection_entries (
    collection INTEGER NOT NULL,
    path TEXT NOT NULL,
    ref TEXT NOT NULL,
    ms INTEGER NOT NULL,
    count INTEGER NOT NULL,
    replaces TEXT,
    beside TEXT,
    person TEXT,
    at INTEGER,
    size INTEGER,
    file_ms INTEGER,
    media_type TEXT,
    chunk_size INTEGER,
    root TEXT,
    PRIMARY KEY (collection, path, ref)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX collection_entries_person
    ON collection_entries (collection, person) WHERE person IS NOT NULL;
  CREATE INDEX collection_entries_removed
    ON collection_entries (collection, path) WHERE root IS NULL;

  CREATE TABLE collection_files (
    collection INTEGER NOT NULL,
    path TEXT NOT NULL,
    folder TEXT NOT NULL,
    sort TEXT NOT NULL,
    plain TEXT NOT NULL,
    size INTEGER NOT NULL,
    file_ms INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    chunk_size INTEGER NOT NULL,
    root TEXT NOT NULL,
    person TEXT,
    versions INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    here INTEGER NOT NULL,
    PRIMARY KEY (collection, path)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX collection_files_page ON collection_files (collection, folder, sort);

  CREATE TABLE collection_folders (
    collection INTEGER NOT NULL,
    path TEXT NOT NULL,
    parent TEXT,
    sort TEXT NOT NULL,
    plain TEXT NOT NULL,
    files INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    here_files INTEGER NOT NULL DEFAULT 0,
    here_bytes INTEGER NOT NULL DEFAULT 0,
    direct_files INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (collection, path)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX collection_folders_page ON collection_folders (collection, parent, sort);
`;
