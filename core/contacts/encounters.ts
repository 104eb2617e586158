import * as v from "valibot";
import { personIdSchema, type PersonId } from "#core/contract/ids.ts";
import type { Address } from "#core/network/port.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Migration } from "#core/storage/database.ts";

/** When and where contacts were last met; true for this computer only. On disk since 0.1. */
export const ENCOUNTERS_MIGRATION: Migration = `
  CREATE TABLE encounters (
    person TEXT PRIMARY KEY,
    seen INTEGER,
    addresses TEXT NOT NULL DEFAULT '[]'
  ) STRICT;
`;

const addressesSchema = v.array(
  v.object({ host: v.string(), port: v.number() }),
);

export class Encounters {
  readonly #local: Database;
  /** When each was seen: asked for all contacts whenever anything is met on. */
  readonly #seen: Map<PersonId, number>;

  constructor(local: Database) {
    this.#local = local;
    this.#seen = new Map(
      local.all(
        "SELECT person, seen FROM encounters WHERE seen IS NOT NULL",
        [],
        (row) =>
          [
            v.parse(personIdSchema, text(row, "person")),
            int(row, "seen"),
          ] as const,
      ),
    );
  }

  noteSeen(person: PersonId, at: number): void {
    this.#seen.set(person, at);
    this.#local.run(
      `INSERT INTO encounters (person, seen) VALUES (?, ?)
       ON CONFLICT (person) DO UPDATE SET seen = excluded.seen`,
      [person, at],
    );
  }

  /** Remembers where a contact says they can be dialled, so that a room without internet suffices (IN1). */
  noteAddresses(person: PersonId, addresses: readonly Address[]): void {
    this.#local.run(
      `INSERT INTO encounters (person, addresses) VALUES (?, ?)
       ON CONFLICT (person) DO UPDATE SET addresses = excluded.addresses`,
      [person, JSON.stringify(addresses)],
    );
  }

  seenAt(person: PersonId): number | null {
    return this.#seen.get(person) ?? null;
  }

  addressesOf(person: PersonId): readonly Address[] {
    const found = this.#local.get(
      "SELECT addresses FROM encounters WHERE person = ?",
      [person],
      (row) => v.parse(addressesSchema, JSON.parse(text(row, "addresses"))),
    );
    return found ?? [];
  }
}
