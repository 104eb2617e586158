import * as v from "valibot";
import { fileRootSchema, spaceIdSchema } from "#core/contract/ids.ts";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import type { Time } from "#core/contract/models.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import type { Write } from "#core/storage/write-messages.ts";

/** A folder of a collection's own, inside the one a person chose for downloads. */
export interface SavedPlace {
  readonly destination: number;
  readonly space: SpaceId;
  /** Absolute: what the person chose. */
  readonly base: string;
  /** The folder in it. */
  readonly name: string;
}

/** A file as we left it. */
export interface SavedFile {
  readonly path: string;
  /** Where it lies inside the place. */
  readonly parts: readonly string[];
  readonly root: FileRoot;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Where files of collections were put, and under which names (FI7). */
export class SavedFiles {
  readonly #local: Database;

  constructor(local: Database) {
    this.#local = local;
  }

  place(space: SpaceId, base: string): SavedPlace | null {
    return this.#local.get(
      "SELECT * FROM destinations WHERE space = ? AND base = ?",
      [space, base],
      readPlace,
    );
  }

  placeById(destination: number): SavedPlace | null {
    return this.#local.get(
      "SELECT * FROM destinations WHERE id = ?",
      [destination],
      readPlace,
    );
  }

  /** Newest first. */
  placesOf(space: SpaceId): readonly SavedPlace[] {
    return this.#local.all(
      "SELECT * FROM destinations WHERE space = ? ORDER BY id DESC",
      [space],
      readPlace,
    );
  }

  /** Every place of every collection. */
  places(): readonly SavedPlace[] {
    return this.#local.all("SELECT * FROM destinations", [], readPlace);
  }

  /** Which file was put under these names, joined by slashes; null when none was. */
  pathOf(destination: number, parts: string): string | null {
    return this.#local.get(
      "SELECT path FROM saved_files WHERE destination = ? AND parts = ?",
      [destination, parts],
      (row) => text(row, "path"),
    );
  }

  /** Whether a collection has this folder already. */
  isTaken(base: string, name: string): boolean {
    return (
      this.#local.get(
        "SELECT 1 FROM destinations WHERE base = ? AND name = ? COLLATE NOCASE",
        [base, name],
        () => true,
      ) ?? false
    );
  }

  addPlace(space: SpaceId, base: string, name: string): SavedPlace {
    this.#local.run(
      "INSERT INTO destinations (space, base, name) VALUES (?, ?, ?)",
      [space, base, name],
    );
    const place = this.place(space, base);
    if (place === null) throw new Error("a place that was just written");
    return place;
  }

  file(destination: number, path: string): SavedFile | null {
    return this.#local.get(
      "SELECT * FROM saved_files WHERE destination = ? AND path = ?",
      [destination, path],
      readFile,
    );
  }

  /** Every path with the names it was given: what the naming starts from. */
  names(destination: number): readonly (readonly [string, string])[] {
    return this.#local.all(
      "SELECT path, parts FROM saved_files WHERE destination = ? ORDER BY path",
      [destination],
      (row) => [text(row, "path"), text(row, "parts")] as const,
    );
  }

  /** Writes down where files were put; all or none. */
  addFiles(destination: number, files: readonly SavedFile[], at: Time): void {
    this.#local.writeAll([addingSaved(destination, files, at)]);
  }

  /** Notes that a file was opened. */
  opened(space: SpaceId, path: string, at: Time): void {
    this.#local.run(
      `UPDATE saved_files SET used_ms = ? WHERE path = ?
       AND destination IN (SELECT id FROM destinations WHERE space = ?)`,
      [at, path, space],
    );
  }

  /** Forgets files; what lies on the disk is not touched. */
  removeFiles(destination: number, paths: readonly string[]): void {
    this.#local.transaction(() => {
      for (const path of paths)
        this.#local.run(
          "DELETE FROM saved_files WHERE destination = ? AND path = ?",
          [destination, path],
        );
    });
  }

  /** Versions that lie beside a file, under names of their own. */
  beside(destination: number, path: string): readonly BesideFile[] {
    return this.#local.all(
      "SELECT name, root FROM beside_files WHERE destination = ? AND path = ?",
      [destination, path],
      (row) => ({
        name: text(row, "name"),
        root: v.parse(fileRootSchema, text(row, "root")),
      }),
    );
  }

  /** Paths with versions beside them. */
  pathsWithBeside(destination: number): readonly string[] {
    return this.#local.all(
      "SELECT DISTINCT path FROM beside_files WHERE destination = ?",
      [destination],
      (row) => text(row, "path"),
    );
  }

  isBeside(destination: number, name: string): boolean {
    return (
      this.#local.get(
        "SELECT 1 FROM beside_files WHERE destination = ? AND name = ?",
        [destination, name],
        () => true,
      ) ?? false
    );
  }

  addBeside(destination: number, path: string, { name, root }: BesideFile) {
    this.#local.run(
      `INSERT OR REPLACE INTO beside_files (destination, name, path, root)
       VALUES (?, ?, ?, ?)`,
      [destination, name, path, root],
    );
  }

  removeBeside(destination: number, name: string): void {
    this.#local.run(
      "DELETE FROM beside_files WHERE destination = ? AND name = ?",
      [destination, name],
    );
  }
}

/** A version of a file that lies beside it. */
export interface BesideFile {
  readonly name: string;
  readonly root: FileRoot;
}

/** What writes down where files were put, and when. */
export function addingSaved(
  destination: number,
  files: readonly SavedFile[],
  at: Time,
): Write {
  return {
    sql: `INSERT OR REPLACE INTO saved_files
            (destination, path, parts, root, size, mtime_ms, used_ms)
          VALUES (?, ?, ?, ?, ?, ?, ?)`,
    rows: files.map(({ path, parts, root, size, mtimeMs }) => [
      destination,
      path,
      parts.join("/"),
      root,
      size,
      mtimeMs,
      at,
    ]),
  };
}

function readPlace(row: Row): SavedPlace {
  return {
    destination: int(row, "id"),
    space: v.parse(spaceIdSchema, text(row, "space")),
    base: text(row, "base"),
    name: text(row, "name"),
  };
}

function readFile(row: Row): SavedFile {
  return {
    path: text(row, "path"),
    parts: text(row, "parts").split("/"),
    root: v.parse(fileRootSchema, text(row, "root")),
    size: int(row, "size"),
    mtimeMs: int(row, "mtime_ms"),
  };
}
