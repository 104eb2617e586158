import * as v from "valibot";
import { fileRootSchema } from "#core/contract/ids.ts";
import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";

/** Files of mine that keepers took, sealed. */
export class GivenFiles {
  readonly #local: Database;
  /** Who could not show something: the rest is asked about before it is believed. */
  readonly #doubted = new Set<PersonId>();

  constructor(local: Database) {
    this.#local = local;
  }

  /** The size of each, by root. */
  of(person: PersonId, space: SpaceId): ReadonlyMap<FileRoot, number> {
    const rows = this.#local.all(
      "SELECT root, size FROM given_files WHERE person = ? AND space = ?",
      [person, space],
      (row) =>
        [v.parse(fileRootSchema, text(row, "root")), int(row, "size")] as const,
    );
    return new Map(rows);
  }

  note(person: PersonId, space: SpaceId, root: FileRoot, size: number): void {
    this.#local.run(
      "INSERT OR REPLACE INTO given_files (person, space, root, size) VALUES (?, ?, ?, ?)",
      [person, space, root, size],
    );
  }

  doubt(person: PersonId): void {
    this.#doubted.add(person);
  }

  /** Whether somebody was doubted since the last call. */
  takeDoubt(person: PersonId): boolean {
    return this.#doubted.delete(person);
  }

  /** It keeps nothing of mine any more. */
  forgetAll(person: PersonId): void {
    this.#local.run("DELETE FROM given_files WHERE person = ?", [person]);
  }

  forget(person: PersonId, space: SpaceId, root: FileRoot): void {
    this.#local.run(
      "DELETE FROM given_files WHERE person = ? AND space = ? AND root = ?",
      [person, space, root],
    );
  }
}
