import { rmSync } from "node:fs";
import { basename } from "node:path";
import { codeOf } from "#core/base/system-error.ts";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import { Database, int } from "./database.ts";
import type { Migration } from "./database.ts";

/**
 * Opens the database of what cannot be derived from logs: every write waits for the disk.
 * @throws `store-newer`, `store-busy`, `disk-full`; `store-damaged` when SQLite cannot read it
 */
export function openLocal(
  path: string,
  migrations: readonly Migration[],
): Database {
  try {
    return new Database(path, { durable: true, migrations });
  } catch (error) {
    if (error instanceof CoreError) throw error;
    // Somebody else writes in it for a minute: that is no damage.
    if (codeOf(error) === "SQLITE_BUSY")
      throw new CoreError("store-busy", {}, error);
    throw new CoreError("store-damaged", { part: basename(path) }, error);
  }
}

/**
 * Opens the index. It holds only what can be folded again from the logs, so one
 * that is of another shape or cannot be read is thrown away without a word.
 */
export function openIndex(
  path: string,
  migrations: readonly Migration[],
): Database {
  const shape = fingerprint(migrations);
  try {
    const index = open(path, migrations);
    const found = index.get("SELECT shape FROM shape", [], (row) =>
      int(row, "shape"),
    );
    if (found === shape) return index;
    index.run("DELETE FROM shape");
    if (found === null && isEmpty(index)) {
      index.run("INSERT INTO shape (shape) VALUES (?)", [shape]);
      return index;
    }
    index.closeNow();
  } catch (error) {
    if (isCoreError(error, "disk-full")) throw error;
  }
  for (const suffix of ["", "-wal", "-shm"])
    rmSync(path + suffix, { force: true });
  const index = open(path, migrations);
  index.run("INSERT INTO shape (shape) VALUES (?)", [shape]);
  return index;
}

function open(path: string, migrations: readonly Migration[]): Database {
  const all = [
    "CREATE TABLE shape (shape INTEGER NOT NULL) STRICT;",
    ...migrations,
  ];
  return new Database(path, { durable: false, migrations: all });
}

function isEmpty(index: Database): boolean {
  const folded = index.get("SELECT count(*) AS n FROM folded", [], (row) =>
    int(row, "n"),
  );
  return folded === 0;
}

/** A number that changes when any table of the index does. */
function fingerprint(migrations: readonly string[]): number {
  let sum = 7;
  for (const char of migrations.join("\n"))
    sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 2_147_483_647;
  return sum;
}
