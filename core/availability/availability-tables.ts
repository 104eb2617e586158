import type { Migration } from "#core/storage/database.ts";

/**
 * Who was seen to have what; durable, since it cannot be derived from logs. On
 * disk since 0.1.
 *
 * Content has a number, given when somebody first said a word about it, and a
 * page holds one person's marks for 1,024 numbers, two bytes each (`marks.ts`).
 * 100,000 files of ten people took 7.3 megabytes. The first half of a
 * root names content well enough: to find two roots with the same one takes
 * 2^64 tries, and gains a wrong mark.
 */
export const AVAILABILITY_MIGRATION: Migration = `
  CREATE TABLE availability_people (
    id INTEGER PRIMARY KEY,
    person TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE availability_contents (
    prefix BLOB PRIMARY KEY NOT NULL,
    id INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE availability_pages (
    page INTEGER NOT NULL,
    person INTEGER NOT NULL,
    marks BLOB NOT NULL,
    PRIMARY KEY (page, person)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE availability_samples (
    person INTEGER NOT NULL,
    space TEXT NOT NULL,
    asked_ms INTEGER NOT NULL DEFAULT 0,
    passed INTEGER NOT NULL DEFAULT 0,
    passed_ms INTEGER NOT NULL DEFAULT 0,
    caught_ms INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (person, space)
  ) STRICT, WITHOUT ROWID;
`;
