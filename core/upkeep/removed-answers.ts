import type { EntryRef, SpaceId } from "#core/contract/ids.ts";
import type { Database, Migration } from "#core/storage/database.ts";

/** Removals by others of which a person said that the file stays with them; each by the entry that removed it. On disk since 0.2. */
export const REMOVED_ANSWERS_MIGRATION: Migration = `
  CREATE TABLE removed_answers (
    space TEXT NOT NULL,
    path TEXT NOT NULL,
    removal TEXT NOT NULL,
    PRIMARY KEY (space, path)
  ) STRICT, WITHOUT ROWID;
`;

/** What was answered to removals; one that comes later is asked about anew. */
export class RemovedAnswers {
  readonly #local: Database;

  constructor(local: Database) {
    this.#local = local;
  }

  has(space: SpaceId, path: string, removal: EntryRef): boolean {
    return (
      this.#local.get(
        "SELECT 1 FROM removed_answers WHERE space = ? AND path = ? AND removal = ?",
        [space, path, removal],
        () => true,
      ) ?? false
    );
  }

  set(space: SpaceId, path: string, removal: EntryRef, isKept: boolean): void {
    if (isKept)
      this.#local.run(
        "INSERT OR REPLACE INTO removed_answers (space, path, removal) VALUES (?, ?, ?)",
        [space, path, removal],
      );
    else
      this.#local.run(
        "DELETE FROM removed_answers WHERE space = ? AND path = ? AND removal = ?",
        [space, path, removal],
      );
  }
}
