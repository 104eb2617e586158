import * as v from "valibot";
import {
  entryPlace,
  logKeySchema,
  personIdSchema,
} from "#core/contract/ids.ts";
import type {
  EntryRef,
  LogKey,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import type { WriterQuestion } from "#core/spaces/admission.ts";
import type { HybridTime } from "#core/spaces/hybrid-clock.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import type { CollectionEntryOf } from "./collection-entries.ts";

/** What the founder last said of one person. */
export interface Writer {
  readonly person: PersonId;
  readonly isOn: boolean;
  /** When they may not any more: the logs that count, each with the number of its blocks that do. */
  readonly lengths: ReadonlyMap<LogKey, number>;
}

const lengthsSchema = v.array(v.tuple([logKeySchema, v.number()]));

/** How many blocks of a log count, the header among them (SP5). */
export function blocksThatCount(writer: Writer | null, log: LogKey): number {
  if (writer === null) return 0;
  return writer.isOn ? Infinity : (writer.lengths.get(log) ?? 0);
}

/** Whether an entry of this person counts. */
export function isCounted(writer: Writer | null, ref: EntryRef): boolean {
  const { log, block } = entryPlace(ref);
  return block < blocksThatCount(writer, log);
}

/** Who may write in collections, as their founders' logs say. */
export class CollectionWriters {
  readonly #index: Database;

  constructor(index: Database) {
    this.#index = index;
  }

  /** The question that admission asks (SP5). */
  readonly question: WriterQuestion = (space, person, log) =>
    blocksThatCount(this.find(space, person), log);

  /** What a founder says a writer is called, for those who have not met them. */
  readonly nameOf = (person: PersonId): string | null =>
    this.#index.get(
      `SELECT name FROM collection_writers WHERE person = ? AND trim(name) <> ''
       ORDER BY collection LIMIT 1`,
      [person],
      (row) => text(row, "name"),
    );

  find(space: SpaceId, person: PersonId): Writer | null {
    return this.#index.get(
      `SELECT w.* FROM collection_writers w JOIN collections c ON c.id = w.collection
       WHERE c.space = ? AND w.person = ?`,
      [space, person],
      read,
    );
  }

  /** Everybody the founder ever said something of. */
  of(space: SpaceId): readonly Writer[] {
    return this.#index.all(
      `SELECT w.* FROM collection_writers w JOIN collections c ON c.id = w.collection
       WHERE c.space = ? ORDER BY w.person`,
      [space],
      read,
    );
  }

  all(collection: number): readonly Writer[] {
    return this.#index.all(
      "SELECT * FROM collection_writers WHERE collection = ?",
      [collection],
      read,
    );
  }

  get(collection: number, person: PersonId): Writer | null {
    return this.#index.get(
      "SELECT * FROM collection_writers WHERE collection = ? AND person = ?",
      [collection, person],
      read,
    );
  }

  /**
   * Notes what the founder says, unless a later word is known (EN4).
   * @returns whether it is news
   */
  note(
    collection: number,
    entry: CollectionEntryOf<"admit">,
    ref: EntryRef,
    time: HybridTime,
  ): boolean {
    const { person, name = "", on, logs } = entry;
    const changed = this.#index.run(
      `INSERT INTO collection_writers (collection, person, is_on, logs, ms, count, ref, name)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
       ON CONFLICT (collection, person) DO UPDATE SET
         is_on = ?3, logs = ?4, ms = ?5, count = ?6, ref = ?7, name = ?8
       WHERE (ms, count, ref) < (?5, ?6, ?7)`,
      [
        collection,
        person,
        on ? 1 : 0,
        JSON.stringify(logs.map(({ log, length }) => [log, length])),
        time[0],
        time[1],
        ref,
        name,
      ],
    );
    return changed > 0;
  }
}

function read(row: Row): Writer {
  return {
    person: v.parse(personIdSchema, text(row, "person")),
    isOn: int(row, "is_on") === 1,
    lengths: new Map(v.parse(lengthsSchema, JSON.parse(text(row, "logs")))),
  };
}
