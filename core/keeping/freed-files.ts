import * as v from "valibot";
import { fileRootSchema, spaceIdSchema } from "#core/contract/ids.ts";
import { blob, int, maybe, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import type { PlacedFile } from "./model.ts";

/** A file that was moved aside, with what is needed to have it back. */
export interface FreedFile extends PlacedFile {
  readonly number: number;
  readonly chunkSize: number;
  readonly list: Buffer | null;
  /** What had been said of it: kept, let go, or nothing. */
  readonly mark: boolean | null;
}

export interface FreedBatch {
  readonly batch: string;
  readonly at: number;
  readonly files: number;
  readonly bytes: number;
}

/** Files that are freed and not yet removed; durable. */
export class FreedFiles {
  readonly #local: Database;

  constructor(local: Database) {
    this.#local = local;
  }

  /** Oldest first. */
  batches(): readonly FreedBatch[] {
    return this.#local.all(
      `SELECT b.batch AS batch, b.at_ms AS at_ms, count(f.number) AS files,
         coalesce(sum(f.size), 0) AS bytes
       FROM freed_batches b LEFT JOIN freed_files f ON f.batch = b.batch
       GROUP BY b.batch ORDER BY b.at_ms, b.batch`,
      [],
      (row) => ({
        batch: text(row, "batch"),
        at: int(row, "at_ms"),
        files: int(row, "files"),
        bytes: int(row, "bytes"),
      }),
    );
  }

  /** Bytes that lie aside and still take room. */
  get bytes(): number {
    return this.batches().reduce((sum, one) => sum + one.bytes, 0);
  }

  files(batch: string): readonly FreedFile[] {
    return this.#local.all(
      "SELECT * FROM freed_files WHERE batch = ? ORDER BY number",
      [batch],
      read,
    );
  }

  /** Writes a batch down before anything is moved; all or none. */
  add(batch: string, at: number, files: readonly FreedFile[]): void {
    this.#local.transaction(() => {
      this.#local.run(
        "INSERT OR IGNORE INTO freed_batches (batch, at_ms) VALUES (?, ?)",
        [batch, at],
      );
      for (const it of files)
        this.#local.run(
          `INSERT INTO freed_files
             (batch, number, space, destination, path, parts, folder, root,
              size, chunk_size, mtime_ms, list, mark)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          [
            batch,
            it.number,
            it.space,
            it.destination,
            it.path,
            it.parts.join("/"),
            it.folder,
            it.root,
            it.size,
            it.chunkSize,
            it.mtimeMs,
            it.list,
            it.mark === null ? null : it.mark ? 1 : 0,
          ],
        );
    });
  }

  remove(batch: string, numbers: readonly number[]): void {
    this.#local.transaction(() => {
      for (const number of numbers)
        this.#local.run(
          "DELETE FROM freed_files WHERE batch = ? AND number = ?",
          [batch, number],
        );
    });
  }

  /** Forgets a batch, unless files of it are left. */
  close(batch: string): void {
    this.#local.run(
      `DELETE FROM freed_batches WHERE batch = ?1
       AND NOT EXISTS (SELECT 1 FROM freed_files WHERE batch = ?1)`,
      [batch],
    );
  }
}

function read(row: Row): FreedFile {
  const mark = maybe(row, "mark", int);
  return {
    number: int(row, "number"),
    space: v.parse(spaceIdSchema, text(row, "space")),
    destination: int(row, "destination"),
    path: text(row, "path"),
    parts: text(row, "parts").split("/"),
    folder: text(row, "folder"),
    root: v.parse(fileRootSchema, text(row, "root")),
    size: int(row, "size"),
    chunkSize: int(row, "chunk_size"),
    mtimeMs: int(row, "mtime_ms"),
    list: maybe(row, "list", blob),
    mark: mark === null ? null : mark === 1,
  };
}
