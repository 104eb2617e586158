import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { KeepId } from "#core/contract/ids.ts";
import { createGroup, createSerial } from "#core/base/serial.ts";
import { syncDirectory } from "#core/storage/data-folder.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Migration } from "#core/storage/database.ts";
import { sealedName } from "./seal.ts";

/** Sealed parts that are kept for others. On disk since 0.1. */
export const SEALED_MIGRATION: Migration = `
  CREATE TABLE sealed_parts (
    keep TEXT NOT NULL,
    label TEXT NOT NULL,
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (keep, label)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sealed_parts_name ON sealed_parts (name);
  CREATE TABLE given_files (
    person TEXT NOT NULL,
    space TEXT NOT NULL,
    root TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (person, space, root)
  ) STRICT, WITHOUT ROWID;
`;

/** Parts of which is known at once that they are to be looked at. */
const SLICE = 1_000;

/** Sealed parts on this disk, named by the hash of their bytes (FI10). */
export class SealedStore {
  readonly #folder: string;
  readonly #local: Database;
  readonly #serial = createSerial();
  /** Sums that were asked for: each part that comes asks again. */
  readonly #bytes = new Map<KeepId, number>();
  readonly #lookOver = createGroup(() => this.#lookAtAll());
  #isClosed = false;

  constructor(folder: string, local: Database) {
    this.#folder = folder;
    this.#local = local;
  }

  has(keep: KeepId, label: string): boolean {
    return this.#nameOf(keep, label) !== null;
  }

  /** Bytes taken for one space. */
  bytes(keep: KeepId): number {
    const known = this.#bytes.get(keep);
    if (known !== undefined) return known;
    const sum = this.#local.get(
      "SELECT coalesce(sum(bytes), 0) AS n FROM sealed_parts WHERE keep = ?",
      [keep],
      (row) => int(row, "n"),
    );
    this.#bytes.set(keep, sum ?? 0);
    return sum ?? 0;
  }

  /** The sealed bytes, if they are still what they were; a damaged part counts as missing. */
  async read(keep: KeepId, label: string): Promise<Buffer | null> {
    const name = this.#nameOf(keep, label);
    if (name === null) return null;
    const bytes = await readFile(this.#path(name)).catch(() => null);
    if (bytes !== null && sealedName(bytes) === name) return bytes;
    this.#forget(name);
    // Where one is gone others may be: nothing is said to be here that is not.
    await this.lookOver();
    return null;
  }

  /** Forgets parts that are not on the disk any more, or of another size: they are given anew. */
  lookOver(): Promise<void> {
    return this.#lookOver();
  }

  /** Ends a look over, which can take long where much is kept. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#lookOver();
  }

  async #lookAtAll(): Promise<void> {
    let after = "";
    while (!this.#isClosed) {
      const parts = this.#local.all(
        "SELECT DISTINCT name, bytes FROM sealed_parts WHERE name > ? ORDER BY name LIMIT ?",
        [after, SLICE],
        (row) => ({ name: text(row, "name"), bytes: int(row, "bytes") }),
      );
      for (const { name, bytes } of parts) {
        if (this.#isClosed) return;
        // Each in its turn: what comes meanwhile need not wait for all.
        await this.#serial(async () => {
          if (!(await this.#isThere(name, bytes))) this.#forget(name);
        });
        after = name;
      }
      if (parts.length < SLICE) return;
    }
  }

  async #isThere(name: string, bytes: number): Promise<boolean> {
    const seen = await stat(this.#path(name)).catch(() => null);
    return seen?.size === bytes;
  }

  #forget(name: string): void {
    this.#bytes.clear();
    this.#local.run("DELETE FROM sealed_parts WHERE name = ?", [name]);
  }

  /**
   * Writes a part; it is on disk when this resolves. Whether there is room is
   * asked when its turn comes: parts arrive several at once.
   * @returns false when there was none
   */
  put(
    keep: KeepId,
    label: string,
    sealed: Buffer,
    hasRoom: () => boolean,
  ): Promise<boolean> {
    return this.#serial(async () => {
      if (!hasRoom()) return false;
      const name = sealedName(sealed);
      const isNamed =
        this.#local.get(
          "SELECT 1 AS n FROM sealed_parts WHERE name = ? LIMIT 1",
          [name],
          (row) => int(row, "n"),
        ) !== null;
      const isHere = isNamed && (await this.#isThere(name, sealed.length));
      if (!isHere) await this.#write(name, sealed);
      const isNew = !this.has(keep, label);
      if (isNew) this.#bytes.set(keep, this.bytes(keep) + sealed.length);
      this.#local.run(
        "INSERT OR REPLACE INTO sealed_parts (keep, label, name, bytes) VALUES (?, ?, ?, ?)",
        [keep, label, name, sealed.length],
      );
      return true;
    });
  }

  /** Frees parts; those another label names too stay on disk. */
  drop(keep: KeepId, labels: readonly string[]): Promise<void> {
    return this.#serial(async () => {
      this.#bytes.clear();
      for (const label of labels) {
        const name = this.#nameOf(keep, label);
        if (name === null) continue;
        this.#local.run(
          "DELETE FROM sealed_parts WHERE keep = ? AND label = ?",
          [keep, label],
        );
        const others = this.#local.get(
          "SELECT count(*) AS n FROM sealed_parts WHERE name = ?",
          [name],
          (row) => int(row, "n"),
        );
        if (others === 0) await rm(this.#path(name), { force: true });
      }
    });
  }

  /** Frees all of one space. */
  async dropAll(keep: KeepId): Promise<void> {
    const labels = this.#local.all(
      "SELECT label FROM sealed_parts WHERE keep = ?",
      [keep],
      (row) => text(row, "label"),
    );
    await this.drop(keep, labels);
  }

  async #write(name: string, sealed: Buffer): Promise<void> {
    const path = this.#path(name);
    const folder = join(this.#folder, name.slice(0, 2));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(`${path}.new`, "w", 0o600);
    try {
      await file.writeFile(sealed);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
    await syncDirectory(folder);
  }

  #nameOf(keep: KeepId, label: string): string | null {
    return this.#local.get(
      "SELECT name FROM sealed_parts WHERE keep = ? AND label = ?",
      [keep, label],
      (row) => text(row, "name"),
    );
  }

  #path(name: string): string {
    return join(this.#folder, name.slice(0, 2), name);
  }
}
