import * as v from "valibot";
import {
  fileRootSchema,
  personIdSchema,
  spaceIdSchema,
} from "#core/contract/ids.ts";
import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";

/** A space that is kept here for somebody, and may be read. */
export interface ReadKeep {
  readonly space: SpaceId;
  /** It was not held before: it goes when it need not be kept any more. */
  readonly came: boolean;
}

/** The memory of what others gave to be kept here and may be read. */
export class ReadGiven {
  readonly #local: Database;

  constructor(local: Database) {
    this.#local = local;
  }

  people(): readonly PersonId[] {
    return this.#local.all(
      "SELECT DISTINCT person FROM read_keeps",
      [],
      (row) => v.parse(personIdSchema, text(row, "person")),
    );
  }

  /** In the order they were named. */
  of(person: PersonId): readonly ReadKeep[] {
    return this.#local.all(
      "SELECT space, came FROM read_keeps WHERE person = ? ORDER BY place",
      [person],
      (row) => ({
        space: v.parse(spaceIdSchema, text(row, "space")),
        came: int(row, "came") === 1,
      }),
    );
  }

  set(person: PersonId, keeps: readonly ReadKeep[]): void {
    this.#local.transaction(() => {
      this.#local.run("DELETE FROM read_keeps WHERE person = ?", [person]);
      for (const [place, { space, came }] of keeps.entries())
        this.#local.run(
          "INSERT INTO read_keeps (person, space, place, came) VALUES (?, ?, ?, ?)",
          [person, space, place, came ? 1 : 0],
        );
    });
  }

  /** Content that is here for that reason alone. */
  files(): readonly FileRoot[] {
    return this.#local.all("SELECT root FROM read_files", [], (row) =>
      v.parse(fileRootSchema, text(row, "root")),
    );
  }

  noteFile(root: FileRoot): void {
    this.#local.run("INSERT OR REPLACE INTO read_files (root) VALUES (?)", [
      root,
    ]);
  }

  forgetFile(root: FileRoot): void {
    this.#local.run("DELETE FROM read_files WHERE root = ?", [root]);
  }
}
