import type { PersonId } from "#core/contract/ids.ts";
import { int, maybe } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";

/** How much somebody wants kept at most, and until when; null is no bound of theirs. */
export interface WishOf {
  readonly bytes: number | null;
  readonly until: number | null;
}

/** What those for whom I keep want of it: never more, and no longer. */
export class Wishes {
  readonly #local: Database;

  constructor(local: Database) {
    this.#local = local;
  }

  note(person: PersonId, { bytes, until }: WishOf): void {
    this.#local.run(
      "INSERT OR REPLACE INTO keeper_wishes (person, bytes, until) VALUES (?, ?, ?)",
      [person, bytes, until],
    );
  }

  of(person: PersonId): WishOf {
    return (
      this.#local.get(
        "SELECT bytes, until FROM keeper_wishes WHERE person = ?",
        [person],
        (row) => ({
          bytes: maybe(row, "bytes", int),
          until: maybe(row, "until", int),
        }),
      ) ?? { bytes: null, until: null }
    );
  }
}
