import * as v from "valibot";
import type { FileRoot, LogKey, PersonId } from "#core/contract/ids.ts";
import { fileRootSchema, logKeySchema } from "#core/contract/ids.ts";
import { int, maybe, text } from "#core/storage/database.ts";
import type { Database, Migration } from "#core/storage/database.ts";

/** What keepers showed when they were asked. On disk since 0.1. */
export const PROOFS_MIGRATION: Migration = `
  CREATE TABLE keeper_logs (
    person TEXT NOT NULL,
    log TEXT NOT NULL,
    shown INTEGER NOT NULL,
    best INTEGER NOT NULL,
    PRIMARY KEY (person, log)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE keeper_checks (
    person TEXT PRIMARY KEY,
    checked_at INTEGER NOT NULL,
    files INTEGER NOT NULL,
    files_given INTEGER NOT NULL,
    files_gone INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

export interface ShownLog {
  readonly log: LogKey;
  /** Blocks from the first on that the last check says are there. */
  readonly shown: number;
  /** The most that ever were. */
  readonly best: number;
}

export interface CheckedFiles {
  /** Files it is to keep. */
  readonly files: number;
  /** Of these, those it took and did not fail to show. */
  readonly given: number;
  /** Those it took once and could not show. */
  readonly gone: number;
}

/** The memory of what keepers showed (KE5). */
export class Proofs {
  readonly #local: Database;

  constructor(local: Database) {
    this.#local = local;
  }

  logs(person: PersonId): readonly ShownLog[] {
    return this.#local.all(
      "SELECT log, shown, best FROM keeper_logs WHERE person = ?",
      [person],
      (row) => ({
        log: v.parse(logKeySchema, text(row, "log")),
        shown: int(row, "shown"),
        best: int(row, "best"),
      }),
    );
  }

  noteLog(person: PersonId, log: LogKey, shown: number): void {
    this.#local.run(
      `INSERT INTO keeper_logs (person, log, shown, best) VALUES (?, ?, ?, ?)
       ON CONFLICT (person, log) DO UPDATE
       SET shown = excluded.shown, best = max(best, excluded.best)`,
      [person, log, shown, shown],
    );
  }

  /** Files it said to have and could not show when asked last. */
  failed(person: PersonId): ReadonlySet<FileRoot> {
    const roots = this.#local.all(
      "SELECT root FROM keeper_failed WHERE person = ?",
      [person],
      (row) => v.parse(fileRootSchema, text(row, "root")),
    );
    return new Set(roots);
  }

  /** Forgets what failed of files it is not to have any more; those that are left. */
  failedOf(
    person: PersonId,
    wanted: ReadonlyMap<FileRoot, unknown>,
  ): ReadonlySet<FileRoot> {
    for (const root of this.failed(person))
      if (!wanted.has(root)) this.noteFile(person, root, true);
    return this.failed(person);
  }

  /** Notes whether a file was shown; one that failed does not count before it is. */
  noteFile(person: PersonId, root: FileRoot, isShown: boolean): void {
    this.#local.run(
      isShown
        ? "DELETE FROM keeper_failed WHERE person = ? AND root = ?"
        : "INSERT OR REPLACE INTO keeper_failed (person, root) VALUES (?, ?)",
      [person, root],
    );
  }

  check(
    person: PersonId,
  ): (CheckedFiles & { readonly checkedAt: number }) | null {
    return this.#local.get(
      "SELECT * FROM keeper_checks WHERE person = ?",
      [person],
      (row) => ({
        checkedAt: maybe(row, "checked_at", int) ?? 0,
        files: int(row, "files"),
        given: int(row, "files_given"),
        gone: int(row, "files_gone"),
      }),
    );
  }

  noteCheck(person: PersonId, at: number, files: CheckedFiles): void {
    this.#local.run(
      "INSERT OR REPLACE INTO keeper_checks (person, checked_at, files, files_given, files_gone) VALUES (?, ?, ?, ?, ?)",
      [person, at, files.files, files.given, files.gone],
    );
  }
}
