import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import { text } from "#core/storage/database.ts";
import type { Database, Migration } from "#core/storage/database.ts";

/** What is set for this computer only, paths among it. On disk since 0.1. */
export const LOCAL_SETTINGS_MIGRATION: Migration = `
  CREATE TABLE local_settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
`;

/** Settings that make sense on this computer only; the others live in the self space. */
export class LocalSettings {
  readonly #local: Database;
  readonly #changed = createTrigger();

  constructor(local: Database) {
    this.#local = local;
  }

  get changed(): Signal {
    return this.#changed;
  }

  /** The absolute path of the folder downloads land in; null until one was chosen. */
  get downloadFolder(): string | null {
    return this.#local.get(
      "SELECT value FROM local_settings WHERE name = 'download-folder'",
      [],
      (row) => text(row, "value"),
    );
  }

  setDownloadFolder(path: string): void {
    this.#local.run(
      `INSERT OR REPLACE INTO local_settings (name, value)
       VALUES ('download-folder', ?)`,
      [path],
    );
    this.#changed.fire();
  }
}
