import type { Migration } from "#core/storage/database.ts";

/** How far the look at every file has come; durable, so that it goes on after a restart. On disk since 0.1. */
export const SCRUB_MIGRATION: Migration = `
  CREATE TABLE scrub (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    path TEXT NOT NULL DEFAULT '',
    chunk INTEGER NOT NULL DEFAULT 0,
    passes INTEGER NOT NULL DEFAULT 0,
    ended_ms INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  INSERT INTO scrub (id) VALUES (1);
`;
