import * as v from "valibot";
import { fileRootSchema, spaceIdSchema } from "#core/contract/ids.ts";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";

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
  addFiles(destination: number, files: readonly SavedFile[]): void {
    this.#local.transaction(() => {
      for (const { path, parts, root, size, mtimeMs } of files)
        this.#local.run(
          `INSERT OR REPLACE INTO saved_files
             (destination, path, parts, root, size, mtime_ms)
           VALUES (?, ?, ?, ?, ?, ?)`,
          [destination, path, parts.join("/"), root, size, mtimeMs],
        );
    });
  }
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
