import * as v from "valibot";
import { entryRefSchema, fileRootSchema } from "#core/contract/ids.ts";
import type { EntryRef, SpaceId } from "#core/contract/ids.ts";
import type { Content } from "#core/files/model.ts";
import { compareEntries } from "#core/spaces/fold.ts";
import type { HybridTime } from "#core/spaces/hybrid-clock.ts";
import { int, maybe, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import { REPLACES_MAX } from "./collection-entries.ts";

/** Content of a put, with its facts (FI1). */
export interface PutContent extends Content {
  readonly changedAt: number;
  readonly mediaType: string;
}

/** One entry about a path: a put, or a remove when it has no content. */
export interface NotedFile {
  readonly ref: EntryRef;
  readonly time: HybridTime;
  readonly replaces: readonly EntryRef[];
  readonly content: PutContent | null;
}

const refs = v.array(entryRefSchema);

/** The short number of a collection in the index; null while nothing of it is here. */
export function collectionNumber(
  index: Database,
  space: SpaceId,
): number | null {
  return index.get(
    "SELECT id FROM collections WHERE space = ?",
    [space],
    (row) => int(row, "id"),
  );
}

/** Everything noted about a path, in the one order of folding. */
export function notedFiles(
  index: Database,
  collection: number,
  path: string,
): readonly NotedFile[] {
  const rows = index.all(
    "SELECT * FROM collection_entries WHERE collection = ? AND path = ?",
    [collection, path],
    readNoted,
  );
  return rows.length > 1 ? [...rows].sort(compareEntries) : rows;
}

/**
 * The entries that no other one replaces (EN5). Entries that name each other in
 * a ring leave none; the last one stands then.
 */
export function headsOf(entries: readonly NotedFile[]): readonly NotedFile[] {
  if (entries.length < 2) return entries;
  const replaced = new Set<EntryRef>();
  for (const { ref, replaces } of entries)
    for (const old of replaces) if (old !== ref) replaced.add(old);
  const heads = entries.filter(({ ref }) => !replaced.has(ref));
  return heads.length > 0 ? heads : entries.slice(-1);
}

/** What an entry about this path, written now, replaces (EN5). */
export function currentRefs(
  index: Database,
  collection: number,
  path: string,
): readonly EntryRef[] {
  const heads = headsOf(notedFiles(index, collection, path));
  return heads.slice(-REPLACES_MAX).map(({ ref }) => ref);
}

function readNoted(row: Row): NotedFile {
  const replaces = maybe(row, "replaces", text);
  const root = maybe(row, "root", text);
  return {
    ref: v.parse(entryRefSchema, text(row, "ref")),
    time: [int(row, "ms"), int(row, "count")],
    replaces: replaces === null ? [] : v.parse(refs, JSON.parse(replaces)),
    content:
      root === null
        ? null
        : {
            root: v.parse(fileRootSchema, root),
            size: int(row, "size"),
            chunkSize: int(row, "chunk_size"),
            changedAt: int(row, "file_ms"),
            mediaType: text(row, "media_type"),
          },
  };
}
