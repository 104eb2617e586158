import * as v from "valibot";
import { entryPlace, personIdSchema } from "#core/contract/ids.ts";
import type { EntryRef, LogKey, PersonId } from "#core/contract/ids.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Migration } from "#core/storage/database.ts";

/** Who told us how much of which log they hold on disk. On disk since 0.1. */
export const COPIES_MIGRATION: Migration = `
  CREATE TABLE copies (
    log TEXT NOT NULL,
    person TEXT NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (log, person)
  ) STRICT, WITHOUT ROWID;
`;

/** Where copies of our own logs are, from what other devices confirmed. */
export class Copies {
  readonly #local: Database;
  readonly #changed = createTrigger();

  constructor(local: Database) {
    this.#local = local;
  }

  get changed(): Signal {
    return this.#changed;
  }

  /** Notes a confirmation; a smaller one than before is kept too, since disks fail. */
  note(log: LogKey, person: PersonId, length: number): void {
    const changes = this.#local.run(
      `INSERT INTO copies (log, person, length) VALUES (?, ?, ?)
       ON CONFLICT (log, person) DO UPDATE SET length = excluded.length
       WHERE length <> excluded.length`,
      [log, person, length],
    );
    if (changes > 0) this.#changed.fire();
  }

  /** How much of a log somebody holds, as far as was told. */
  lengthOf(log: LogKey, person: PersonId): number {
    const length = this.#local.get(
      "SELECT length FROM copies WHERE log = ? AND person = ?",
      [log, person],
      (row) => int(row, "length"),
    );
    return length ?? 0;
  }

  /** The people who hold the block this entry is in. */
  holdersOf(ref: EntryRef): readonly PersonId[] {
    const { log, block } = entryPlace(ref);
    return this.#local.all(
      "SELECT person FROM copies WHERE log = ? AND length > ? ORDER BY person",
      [log, block],
      (row) => v.parse(personIdSchema, text(row, "person")),
    );
  }
}
