import * as v from "valibot";
import { entryPlace, entryRefSchema } from "#core/contract/ids.ts";
import type { EntryRef, PersonId } from "#core/contract/ids.ts";
import { ENTRIES_PER_PATH } from "#core/contract/limits.ts";
import type { HybridTime } from "#core/spaces/hybrid-clock.ts";
import { int, maybe, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";
import type { Value } from "#core/storage/value.ts";
import type { CollectionEntryOf } from "./collection-entries.ts";
import { isCounted } from "./collection-writers.ts";
import type { Writer } from "./collection-writers.ts";
import type { NotedFile } from "./file-heads.ts";
import { noteMove } from "./moves-table.ts";

/** An entry about a path, as it came. */
export interface FileNote {
  readonly ref: EntryRef;
  readonly time: HybridTime;
  /** Null for the founder. */
  readonly person: PersonId | null;
  /** When it was written, as far as that is believed, milliseconds since 1970. */
  readonly at: number;
  readonly entry: CollectionEntryOf<"put" | "remove">;
}

/** Writes down what came about paths; made anew for each slice. */
export class EntryNotes {
  readonly #index: Database;
  /** Entries of a writer's log about a path, by both. */
  readonly #counts = new Map<string, number>();

  constructor(index: Database) {
    this.#index = index;
  }

  add(collection: number, note: FileNote): void {
    const { ref, time, person, at, entry } = note;
    const { path, replaces, beside = [] } = entry;
    if (person !== null && !this.#hasRoom(collection, path, ref)) return;
    const put = entry.type === "put" ? entry : null;
    this.#index.run(
      `INSERT OR IGNORE INTO collection_entries
         (collection, path, ref, ms, count, replaces, beside, person, at,
          size, file_ms, media_type, chunk_size, root)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        collection,
        path,
        ref,
        time[0],
        time[1],
        json(replaces),
        json(beside),
        person,
        person === null ? null : at,
        put?.size ?? null,
        put?.changedAt ?? null,
        put?.mediaType ?? null,
        put?.chunkSize ?? null,
        put?.root ?? null,
      ],
    );
    if (put !== null) noteMove(this.#index, collection, ref, put);
  }

  /** Those of the paths about which anything was noted before. */
  known(collection: number, paths: readonly string[]): ReadonlySet<string> {
    const known = this.#index.all(
      `SELECT DISTINCT path FROM collection_entries
       WHERE collection = ? AND path IN (SELECT value FROM json_each(?))`,
      [collection, JSON.stringify(paths)],
      (row) => text(row, "path"),
    );
    return new Set(known);
  }

  /** The first so many about a path count: a log is folded in its own order, so everywhere the same (EN4). */
  #hasRoom(collection: number, path: string, ref: EntryRef): boolean {
    const { log } = entryPlace(ref);
    const key = `${String(collection)} ${log} ${path}`;
    const count =
      this.#counts.get(key) ??
      this.#index.get(
        `SELECT count(*) AS n FROM collection_entries
         WHERE collection = ? AND path = ? AND ref > ? AND ref < ?`,
        // "/" comes right after "." in every order of bytes.
        [collection, path, `${log}.`, `${log}/`],
        (row) => int(row, "n"),
      ) ??
      0;
    this.#counts.set(key, count + 1);
    return count < ENTRIES_PER_PATH;
  }
}

/** The one note about a path there was none about before, when that is a file of the founder's: nearly always. */
export function firstOf(notes: readonly FileNote[]): NotedFile | null {
  const [note, ...others] = notes;
  if (note?.entry.type !== "put" || note.person !== null) return null;
  if (others.length > 0) return null;
  const { ref, time, person, entry } = note;
  const { root, size, chunkSize, changedAt, mediaType, replaces } = entry;
  const content = { root, size, chunkSize, changedAt, mediaType };
  return { ref, time, person, replaces, beside: entry.beside ?? [], content };
}

/** Paths whose entries of one person count now and did not before, or the other way round. */
export function pathsAffected(
  index: Database,
  collection: number,
  person: PersonId,
  before: Writer | null,
  after: Writer | null,
): readonly string[] {
  const rows = index.all(
    "SELECT path, ref FROM collection_entries WHERE collection = ? AND person = ?",
    [collection, person],
    (row) => ({
      path: text(row, "path"),
      ref: v.parse(entryRefSchema, text(row, "ref")),
    }),
  );
  const paths = rows
    .filter(({ ref }) => isCounted(before, ref) !== isCounted(after, ref))
    .map(({ path }) => path);
  return [...new Set(paths)];
}

/** When the last entry of this person was written that counts; null when none does. */
export function lastCounted(
  index: Database,
  collection: number,
  writer: Writer,
): number | null {
  if (writer.isOn)
    return index.get(
      "SELECT max(at) AS at FROM collection_entries WHERE collection = ? AND person = ?",
      [collection, writer.person],
      (row) => maybe(row, "at", int),
    );
  const times = index.all(
    "SELECT ref, at FROM collection_entries WHERE collection = ? AND person = ?",
    [collection, writer.person],
    (row) => ({
      ref: v.parse(entryRefSchema, text(row, "ref")),
      at: int(row, "at"),
    }),
  );
  let last: number | null = null;
  for (const { ref, at } of times)
    if (isCounted(writer, ref) && (last === null || at > last)) last = at;
  return last;
}

function json(refs: readonly EntryRef[]): Value {
  return refs.length === 0 ? null : JSON.stringify(refs);
}
