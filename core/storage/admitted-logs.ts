import * as v from "valibot";
import { logKeySchema, spaceIdSchema } from "#core/contract/ids.ts";
import type { LogKey, SpaceId } from "#core/contract/ids.ts";
import { blob, int, text } from "./database.ts";
import type { Database, Row } from "./database.ts";

/** Which logs were admitted to which space. On disk since 0.1. */
export const ADMITTED_LOGS_MIGRATION = `
  CREATE TABLE admitted_logs (
    log TEXT PRIMARY KEY,
    space TEXT NOT NULL,
    header BLOB NOT NULL,
    split INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX admitted_logs_space ON admitted_logs (space);
`;

export interface AdmittedLog {
  readonly log: LogKey;
  readonly space: SpaceId;
  /** Block 0, in clear; it holds nothing secret. */
  readonly header: Buffer;
  /** Its author was caught with two histories; what is here stays (SP7). */
  readonly isSplit: boolean;
}

/** The memory of admissions: without it a log would have to be offered again to be read. */
export class AdmittedLogs {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  add(log: LogKey, space: SpaceId, header: Buffer): void {
    this.#db.run(
      "INSERT OR IGNORE INTO admitted_logs (log, space, header) VALUES (?, ?, ?)",
      [log, space, header],
    );
  }

  of(space: SpaceId): readonly AdmittedLog[] {
    return this.#db.all(
      "SELECT * FROM admitted_logs WHERE space = ? ORDER BY log",
      [space],
      read,
    );
  }

  markSplit(log: LogKey): void {
    this.#db.run("UPDATE admitted_logs SET split = 1 WHERE log = ?", [log]);
  }
}

function read(row: Row): AdmittedLog {
  return {
    log: v.parse(logKeySchema, text(row, "log")),
    space: v.parse(spaceIdSchema, text(row, "space")),
    header: blob(row, "header"),
    isSplit: int(row, "split") === 1,
  };
}
