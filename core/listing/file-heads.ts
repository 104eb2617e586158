import * as v from "valibot";
import {
  entryRefSchema,
  fileRootSchema,
  personIdSchema,
} from "#core/contract/ids.ts";
import type { EntryRef, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Content } from "#core/files/model.ts";
import { compareEntries } from "#core/spaces/fold.ts";
import type { HybridTime } from "#core/spaces/hybrid-clock.ts";
import { int, maybe, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import { REPLACES_MAX } from "./collection-entries.ts";
import { CollectionWriters, isCounted } from "./collection-writers.ts";
import { standing } from "./standing.ts";

/** Content of a put, with its facts (FI1). */
export interface PutContent extends Content {
  readonly changedAt: number;
  readonly mediaType: string;
}

/** One entry about a path: a put, or a remove when it has no content. */
export interface NotedFile {
  readonly ref: EntryRef;
  readonly time: HybridTime;
  /** Null for the founder. */
  readonly person: PersonId | null;
  readonly replaces: readonly EntryRef[];
  readonly beside: readonly EntryRef[];
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

/** Everything about a path that counts, in the one order of folding. */
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
  const isForeign = rows.some(({ person }) => person !== null);
  const counted = isForeign ? whatCounts(index, collection, rows) : rows;
  return counted.length > 1 ? [...counted].sort(compareEntries) : counted;
}

/** The entries about a path that stand (EN5), in the one order of folding. */
export function headsOf(
  index: Database,
  collection: number,
  path: string,
): readonly NotedFile[] {
  return standing(notedFiles(index, collection, path));
}

/** What an entry about this path, written now, replaces (EN5). */
export function currentRefs(
  index: Database,
  collection: number,
  path: string,
): readonly EntryRef[] {
  const heads = headsOf(index, collection, path);
  return heads.slice(-REPLACES_MAX).map(({ ref }) => ref);
}

/** Without what writers wrote whom the founder does not let write, or not that far (SP5). */
function whatCounts(
  index: Database,
  collection: number,
  rows: readonly NotedFile[],
): readonly NotedFile[] {
  const writers = new CollectionWriters(index);
  const known = new Map<PersonId, ReturnType<CollectionWriters["get"]>>();
  return rows.filter(({ person, ref }) => {
    if (person === null) return true;
    let writer = known.get(person);
    if (writer === undefined) {
      writer = writers.get(collection, person);
      known.set(person, writer);
    }
    return isCounted(writer, ref);
  });
}

function readNoted(row: Row): NotedFile {
  const root = maybe(row, "root", text);
  const person = maybe(row, "person", text);
  return {
    ref: v.parse(entryRefSchema, text(row, "ref")),
    time: [int(row, "ms"), int(row, "count")],
    person: person === null ? null : v.parse(personIdSchema, person),
    replaces: readRefs(row, "replaces"),
    beside: readRefs(row, "beside"),
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

function readRefs(row: Row, column: string): readonly EntryRef[] {
  const json = maybe(row, column, text);
  return json === null ? [] : v.parse(refs, JSON.parse(json));
}
