import type { EntryRef, PersonId } from "#core/contract/ids.ts";
import { entryRefSchema } from "#core/contract/ids.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Migration } from "#core/storage/database.ts";
import { parse } from "valibot";

/** What was read on this computer; cannot be derived from logs. On disk since 0.1. */
export const READ_MARKS_MIGRATION: Migration = `
  CREATE TABLE read_posts (ref TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

/** Which posts were read. Kept durably apart from the index, and copied into it for counting. */
export class ReadMarks {
  readonly #local: Database;
  readonly #index: Database;
  readonly #changed = createTrigger();

  constructor(local: Database, index: Database) {
    this.#local = local;
    this.#index = index;
    const [kept, copied] = [local, index].map(
      (db) =>
        db.get("SELECT count(*) AS n FROM read_posts", [], (row) =>
          int(row, "n"),
        ) ?? 0,
    );
    if (kept !== copied) this.#copyAll();
  }

  get changed(): Signal {
    return this.#changed;
  }

  mark(posts: readonly EntryRef[], isRead: boolean): void {
    const sql = isRead
      ? "INSERT OR IGNORE INTO read_posts (ref) VALUES (?)"
      : "DELETE FROM read_posts WHERE ref = ?";
    for (const db of [this.#local, this.#index])
      db.transaction(() => {
        for (const post of posts) db.run(sql, [post]);
      });
    if (posts.length > 0) this.#changed.fire();
  }

  /** Every unread post that is not mine. */
  unread(me: PersonId): readonly EntryRef[] {
    return this.#index.all(
      `SELECT ref FROM posts WHERE person <> ?
         AND NOT EXISTS (SELECT 1 FROM read_posts r WHERE r.ref = posts.ref)`,
      [me],
      (row) => parse(entryRefSchema, text(row, "ref")),
    );
  }

  #copyAll(): void {
    const refs = this.#local.all("SELECT ref FROM read_posts", [], (row) =>
      text(row, "ref"),
    );
    this.#index.transaction(() => {
      this.#index.run("DELETE FROM read_posts");
      for (const ref of refs)
        this.#index.run("INSERT INTO read_posts (ref) VALUES (?)", [ref]);
    });
  }
}
