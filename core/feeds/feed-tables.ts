/**
 * The feed part of the index. Everything in it is derived from logs and can be
 * thrown away. `feed_entries` is the set that was noted; the other tables are
 * made from it by `feed-fold.ts`. No key is ever stored here.
 */
export const FEED_MIGRATION = `
  CREATE TABLE feed_entries (
    ref TEXT PRIMARY KEY,
    subject TEXT NOT NULL,
    log TEXT NOT NULL,
    space TEXT NOT NULL,
    audience TEXT NOT NULL,
    person TEXT NOT NULL,
    ms INTEGER NOT NULL,
    count INTEGER NOT NULL,
    written INTEGER NOT NULL,
    arrived INTEGER NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX feed_entries_subject ON feed_entries (subject, log);

  CREATE TABLE posts (
    ref TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    space TEXT NOT NULL,
    person TEXT NOT NULL,
    audience TEXT NOT NULL,
    shown_ms INTEGER NOT NULL,
    written_ms INTEGER NOT NULL,
    arrived INTEGER NOT NULL,
    text TEXT NOT NULL,
    other_versions TEXT NOT NULL,
    versions TEXT NOT NULL,
    attachments TEXT NOT NULL,
    has_files INTEGER NOT NULL,
    reactions TEXT NOT NULL,
    withdrawn INTEGER,
    reply_to TEXT
  ) STRICT;
  CREATE INDEX posts_shown ON posts (shown_ms DESC, ref);
  CREATE INDEX posts_person ON posts (person, shown_ms DESC);
  CREATE INDEX posts_reply ON posts (reply_to, shown_ms);
  CREATE INDEX posts_id ON posts (person, id);

  CREATE TABLE profiles (
    person TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    picture TEXT
  ) STRICT;

  CREATE TABLE offers (
    space TEXT NOT NULL,
    collection TEXT NOT NULL,
    person TEXT NOT NULL,
    audience TEXT NOT NULL,
    title TEXT NOT NULL,
    offered INTEGER NOT NULL,
    PRIMARY KEY (space, collection)
  ) STRICT;
`;
