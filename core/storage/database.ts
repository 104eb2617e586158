import Libsql from "libsql";
import { CoreError } from "#core/contract/errors.ts";
import type { Resource } from "#core/base/resource.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import { Thread } from "#core/base/thread.ts";
import {
  sendWrite,
  type SentWrite,
  type Write,
  type WriteAnswer,
} from "./write-messages.ts";
import type { Value } from "./value.ts";

/** A row as SQLite gives it; read it with `text`, `int`, `blob` and friends. */
export type Row = Readonly<Record<string, unknown>>;

/** One step of a database's history. On disk since the version in its place; never edited, only added to. */
export type Migration = string;

export interface DatabaseOptions {
  /** Whether each transaction waits for the disk. False for what can be rebuilt. */
  readonly durable: boolean;
  /** Null for a second connection: another one has brought the file up to date. */
  readonly migrations: readonly Migration[] | null;
}

/** How long to wait for another connection that writes; a commit takes as long as the disk does. */
const BUSY_MS = 60_000;
/**
 * Pages of the write-ahead log after which a commit moves them into the
 * database. The thread is the first to do it: that waits for the disk too.
 */
const LOG_PAGES = { thread: 1_000, other: 4_000 };

/**
 * A SQLite file with numbered migrations. Calls are synchronous and short; long
 * work comes in slices from outside.
 */
export class Database implements Resource {
  readonly #db: Libsql.Database;
  readonly #statements = new Map<string, Libsql.Statement>();
  /** Null in memory, where no other connection can be. */
  readonly #thread: Thread<readonly SentWrite[], WriteAnswer> | null;
  readonly #rolledBack = createTrigger();
  #depth = 0;

  /**
   * Opens or creates the file and brings it up to date.
   * @throws `store-newer` when a newer version of the app wrote it
   */
  constructor(path: string, options: DatabaseOptions) {
    this.#db = new Libsql(path);
    try {
      this.#begin(options);
    } catch (error) {
      // Left open, it would stand in the way of whoever tries again.
      this.#db.close();
      throw error;
    }
    this.#thread =
      path === ":memory:" ? null : new Thread("write-worker", path);
  }

  #begin({ durable, migrations }: DatabaseOptions): void {
    // First of all: whoever closes the file at this moment holds it alone, and to
    // be told so at once would look like damage.
    this.#db.exec(`PRAGMA busy_timeout = ${String(BUSY_MS)}`);
    this.#db.exec("PRAGMA journal_mode = WAL");
    this.#db.exec(`PRAGMA synchronous = ${durable ? "FULL" : "OFF"}`);
    this.#db.exec("PRAGMA temp_store = MEMORY");
    if (durable) {
      const pages = LOG_PAGES[migrations === null ? "thread" : "other"];
      this.#db.exec(`PRAGMA wal_autocheckpoint = ${String(pages)}`);
    }
    if (migrations !== null) this.#migrate(migrations);
  }

  #migrate(migrations: readonly Migration[]): void {
    const version = this.get("PRAGMA user_version", [], (row) =>
      int(row, "user_version"),
    );
    const at = version ?? 0;
    if (at > migrations.length)
      throw new CoreError("store-newer", { version: at });
    for (const [index, migration] of migrations.entries()) {
      if (index < at) continue;
      this.transaction(() => {
        this.#db.exec(migration);
        this.#db.exec(`PRAGMA user_version = ${String(index + 1)}`);
      });
    }
  }

  /** Runs a statement that answers no rows; returns how many it changed. */
  run(sql: string, values: readonly Value[] = []): number {
    return diskFull(() => this.#prepare(sql).run(...whole(values)).changes);
  }

  /** The first row, through `read`; null when there is none. */
  get<T>(
    sql: string,
    values: readonly Value[],
    read: (row: Row) => T,
  ): T | null {
    const row: unknown = this.#prepare(sql).get(...whole(values));
    return isRow(row) ? read(row) : null;
  }

  /** Every row, through `read`. */
  all<T>(
    sql: string,
    values: readonly Value[],
    read: (row: Row) => T,
  ): readonly T[] {
    const rows: unknown[] = this.#prepare(sql).all(...whole(values));
    return rows.filter(isRow).map(read);
  }

  /**
   * Every row as one text: it crosses from the engine many times as fast as rows
   * do. `sql` answers one row with a `json_group_array` named `packed`; numbers
   * that are not whole lose their last digits.
   */
  packed<T>(
    sql: string,
    values: readonly Value[],
    read: (rows: unknown) => T,
  ): T {
    const json = this.get(sql, values, (row) => text(row, "packed")) ?? "[]";
    const rows: unknown = JSON.parse(json);
    return read(rows);
  }

  /** Fires when a transaction came to nothing: what was read inside it was never so. */
  get rolledBack(): Signal {
    return this.#rolledBack;
  }

  /** Runs `work` whole or not at all. May be nested; the outermost counts. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.#depth++;
    try {
      this.#db.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        diskFull(() => this.#db.exec("COMMIT"));
        return result;
      } catch (error) {
        if (this.#db.inTransaction) this.#db.exec("ROLLBACK");
        this.#rolledBack.fire();
        throw error;
      }
    } finally {
      this.#depth--;
    }
  }

  /**
   * Runs statements whole or not at all, in a thread of their own, and waits for
   * the disk there, once for all calls that wait at one time. They run in their
   * order, and each fails by itself. Not inside a transaction.
   * @throws `disk-full`
   */
  async writeInThread(writes: readonly Write[]): Promise<void> {
    if (this.#thread === null) {
      this.writeAll(writes);
      return;
    }
    const failure = await this.#thread.ask(writes.map(sendWrite));
    if (failure !== null) diskFull(() => fail(failure));
  }

  /** Runs statements whole or not at all. */
  writeAll(writes: readonly Write[]): void {
    this.transaction(() => {
      for (const { sql, rows } of writes)
        for (const row of rows) this.run(sql, row);
    });
  }

  async close(): Promise<void> {
    await this.#thread?.close();
    this.closeNow();
  }

  closeNow(): void {
    this.#statements.clear();
    if (this.#db.open) this.#db.close();
  }

  #prepare(sql: string): Libsql.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** The engine ends a text at its first NUL without a word; a mark in its place keeps the rest. */
function whole(values: readonly Value[]): readonly Value[] {
  return values.map((value) =>
    typeof value === "string" ? value.replaceAll("\0", "\ufffd") : value,
  );
}

function diskFull<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (
      error instanceof Error &&
      /disk is full|SQLITE_FULL/.test(error.message)
    )
      throw new CoreError("disk-full", {}, error);
    throw error;
  }
}

function fail(message: string): never {
  throw new Error(message);
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null;
}

function wrong(column: string): Error {
  return new Error(`unexpected value in column ${column}`);
}

/** A text column. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw wrong(column);
  return value;
}

/** A number column. */
export function int(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw wrong(column);
  return value;
}

/** A bytes column. */
export function blob(row: Row, column: string): Buffer {
  const value = row[column];
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  throw wrong(column);
}

/** A column that may be empty. */
export function maybe<T>(
  row: Row,
  column: string,
  read: (row: Row, column: string) => T,
): T | null {
  return row[column] === null || row[column] === undefined
    ? null
    : read(row, column);
}
