import * as v from "valibot";
import { entryRefSchema, fileRootSchema } from "#core/contract/ids.ts";
import type { EntryRef, FileRoot } from "#core/contract/ids.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import type { CollectionEntryOf } from "./collection-entries.ts";

/**
 * Which entries say that a file has another name now (FI9). Part of the index;
 * `n` is the order in which they came to be here, and means nothing else.
 */
export const MOVES_MIGRATION = `
  CREATE TABLE collection_moves (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    collection INTEGER NOT NULL,
    path TEXT NOT NULL,
    ref TEXT NOT NULL,
    root TEXT NOT NULL,
    from_path TEXT NOT NULL,
    UNIQUE (collection, path, ref)
  ) STRICT;
`;

/** An entry that gave a file another name. */
export interface NotedMove {
  readonly n: number;
  readonly path: string;
  readonly ref: EntryRef;
  readonly root: FileRoot;
  readonly from: string;
}

/** Notes that a put says where its file was before. */
export function noteMove(
  index: Database,
  collection: number,
  ref: EntryRef,
  { path, root, from }: CollectionEntryOf<"put">,
): void {
  if (from === undefined || from === path) return;
  index.run(
    `INSERT OR IGNORE INTO collection_moves (collection, path, ref, root, from_path)
     VALUES (?, ?, ?, ?, ?)`,
    [collection, path, ref, root, from],
  );
}

/** Moves of a collection that came after the one numbered `after`, the first of them. */
export function movesAfter(
  index: Database,
  collection: number,
  after: number,
  count: number,
): readonly NotedMove[] {
  return index.all(
    "SELECT * FROM collection_moves WHERE n > ? AND collection = ? ORDER BY n LIMIT ?",
    [after, collection, count],
    read,
  );
}

/** Moves that brought this content to a path. */
export function movesTo(
  index: Database,
  collection: number,
  path: string,
  root: FileRoot,
): readonly NotedMove[] {
  return index.all(
    "SELECT * FROM collection_moves WHERE collection = ? AND path = ? AND root = ? LIMIT 16",
    [collection, path, root],
    read,
  );
}

function read(row: Row): NotedMove {
  return {
    n: int(row, "n"),
    path: text(row, "path"),
    ref: v.parse(entryRefSchema, text(row, "ref")),
    root: v.parse(fileRootSchema, text(row, "root")),
    from: text(row, "from_path"),
  };
}
