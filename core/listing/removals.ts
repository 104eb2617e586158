import type { EntryRef, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Time } from "#core/contract/models.ts";
import { text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import { collectionNumber, headsOf } from "./file-heads.ts";

/** Who took a file off the list, and when. */
export interface Removal {
  readonly ref: EntryRef;
  /** Null for the founder. */
  readonly person: PersonId | null;
  /** By the clock of whoever removed it. */
  readonly at: Time;
}

/** How a path was taken off the list; null when it stands there, or nothing is known of it. */
export function removalOf(
  index: Database,
  collection: number,
  path: string,
): Removal | null {
  const heads = headsOf(index, collection, path);
  const last = heads.at(-1);
  if (last === undefined || heads.some(({ content }) => content !== null))
    return null;
  return { ref: last.ref, person: last.person, at: last.time[0] };
}

/** Whether a path was listed once and was taken off the list. */
export function wasRemoved(
  index: Database,
  space: SpaceId,
  path: string,
): boolean {
  const collection = collectionNumber(index, space);
  return collection !== null && removalOf(index, collection, path) !== null;
}

/** Paths behind one that somebody ever removed and that are not listed now, the first of them. */
export function removedPaths(
  index: Database,
  collection: number,
  after: string,
  count: number,
): readonly string[] {
  return index.all(
    `SELECT DISTINCT e.path AS path FROM collection_entries e
     WHERE e.collection = ?1 AND e.root IS NULL AND e.path > ?2
       AND NOT EXISTS (SELECT 1 FROM collection_files f
         WHERE f.collection = ?1 AND f.path = e.path)
     ORDER BY e.path LIMIT ?3`,
    [collection, after, count],
    (row) => text(row, "path"),
  );
}
