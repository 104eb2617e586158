import type { Clock } from "#core/base/clock.ts";
import type { Audience, Draft } from "#core/contract/feed-models.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Migration } from "#core/storage/database.ts";

/** Unfinished texts, one for each place. On disk since 0.1. */
export const DRAFTS_MIGRATION: Migration = `
  CREATE TABLE drafts (
    place TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    audience TEXT NOT NULL,
    saved INTEGER NOT NULL
  ) STRICT;
`;

/** Drafts survive a crash; an empty one is forgotten. */
export class Drafts {
  readonly #local: Database;
  readonly #clock: Clock;

  constructor(local: Database, clock: Clock) {
    this.#local = local;
    this.#clock = clock;
  }

  save(place: string, body: string, audience: Audience): void {
    if (body === "")
      this.#local.run("DELETE FROM drafts WHERE place = ?", [place]);
    else
      this.#local.run(
        "INSERT OR REPLACE INTO drafts (place, text, audience, saved) VALUES (?, ?, ?, ?)",
        [place, body, audience, this.#clock.now()],
      );
  }

  read(place: string): Draft | null {
    return this.#local.get(
      "SELECT * FROM drafts WHERE place = ?",
      [place],
      (row) => ({
        text: text(row, "text"),
        audience: text(row, "audience") === "link" ? "link" : "contacts",
        savedAt: int(row, "saved"),
      }),
    );
  }
}
