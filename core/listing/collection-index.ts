import * as v from "valibot";
import type { EntryRef, FileRoot, SpaceId } from "#core/contract/ids.ts";
import { breathe } from "#core/base/breathe.ts";
import { int, text } from "#core/storage/database.ts";
import { readPairs } from "#core/storage/pairs.ts";
import type { Database } from "#core/storage/database.ts";
import type { Value } from "#core/storage/value.ts";
import { collectionNumber, currentRefs, notedFiles } from "./file-heads.ts";
import type { NotedFile } from "./file-heads.ts";
import { inside } from "./file-paths.ts";
import {
  PACKED_FILE,
  readListedFile,
  readListedFolder,
  readPackedFiles,
} from "./listed-file.ts";
import type { ListedFile, ListedFolder } from "./listed-file.ts";
import { windowOf } from "./listing-window.ts";

/** A collection as its log describes it. */
export interface Described {
  readonly title: string;
  readonly about: string;
  readonly changedAt: number;
}

/** Files read from the index at once. */
const PAGE_FILES = 500;
const pathsSchema = v.array(v.string());
const EMPTY: ListedFolder = {
  path: "",
  files: 0,
  bytes: 0,
  filesHere: 0,
  bytesHere: 0,
};

/** Asks the index about files and folders of collections. */
export class CollectionIndex {
  readonly #index: Database;
  /** Given once, and never to another collection, unless the giving came to nothing. */
  readonly #numbers = new Map<SpaceId, number>();

  constructor(index: Database) {
    this.#index = index;
    index.rolledBack.subscribe(() => {
      this.#numbers.clear();
    });
  }

  /** Null while nothing of it is here. */
  described(space: SpaceId): Described | null {
    return this.#index.get(
      "SELECT * FROM collections WHERE space = ?",
      [space],
      (row) => ({
        title: text(row, "title"),
        about: text(row, "about"),
        changedAt: int(row, "changed"),
      }),
    );
  }

  /** What lies below the top. */
  total(space: SpaceId): ListedFolder {
    return this.folder(space, "") ?? EMPTY;
  }

  /** Null when there is no such folder, or nothing in it. */
  folder(space: SpaceId, path: string): ListedFolder | null {
    const collection = this.#number(space);
    return this.#index.get(
      "SELECT * FROM collection_folders WHERE collection = ? AND path = ?",
      [collection, path],
      readListedFolder,
    );
  }

  file(space: SpaceId, path: string): ListedFile | null {
    return this.#index.get(
      "SELECT * FROM collection_files WHERE collection = ? AND path = ?",
      [this.#number(space), path],
      readListedFile,
    );
  }

  /** The content a path has now; null when it has none. */
  rootOf(space: SpaceId, path: string): FileRoot | null {
    return this.file(space, path)?.root ?? null;
  }

  /** Whether the founder ever let anybody else write. */
  hasWriters(space: SpaceId): boolean {
    return this.#hasRows(space, "collection_writers");
  }

  /** All that counts about a path, in the one order of folding. */
  noted(space: SpaceId, path: string): readonly NotedFile[] {
    return notedFiles(this.#index, this.#number(space), path);
  }

  /** The content of those of some paths that stand in one version and nothing else. */
  plainRoots(
    space: SpaceId,
    paths: readonly string[],
  ): ReadonlyMap<string, string> {
    return this.#index.packed(
      `SELECT json_group_array(json_array(f.path, f.root)) AS packed
       FROM json_each(?1) j CROSS JOIN collection_files f
         ON f.collection = ?2 AND f.path = j.value
       WHERE f.versions = 1 AND f.removed = 0`,
      [JSON.stringify(paths), this.#number(space)],
      readPairs,
    );
  }

  /** Whether anything was ever noted about any path of a collection. */
  hasNotes(space: SpaceId): boolean {
    return this.#hasRows(space, "collection_entries");
  }

  /** What an entry about this path, written now, replaces (EN5). */
  currentRefs(space: SpaceId, path: string): readonly EntryRef[] {
    return currentRefs(this.#index, this.#number(space), path);
  }

  /** Some files, spread over all of them. */
  sample(
    space: SpaceId,
    count: number,
  ): readonly { readonly path: string; readonly size: number }[] {
    const step = Math.max(1, Math.floor(this.total(space).files / count));
    return this.#index.all(
      `SELECT path, size FROM
         (SELECT path, size, row_number() OVER (ORDER BY path) AS n
          FROM collection_files WHERE collection = ?)
       WHERE n % ? = 0 LIMIT ?`,
      [this.#number(space), step, count],
      (row) => ({ path: text(row, "path"), size: int(row, "size") }),
    );
  }

  /** The path of every file, in slices, others having their turn between them. */
  async *paths(space: SpaceId): AsyncGenerator<readonly string[]> {
    let after = "";
    for (;;) {
      const paths = this.#index.packed(
        `SELECT json_group_array(path ORDER BY path) AS packed
         FROM (SELECT path FROM collection_files
           WHERE collection = ? AND path > ? ORDER BY path LIMIT ?)`,
        [this.#number(space), after, PAGE_FILES],
        (all) => v.parse(pathsSchema, all),
      );
      const last = paths.at(-1);
      if (last === undefined) return;
      after = last;
      yield paths;
      await breathe();
    }
  }

  /** Every file in a folder at any depth, in slices, others having their turn between them. */
  async *filesBelow(
    space: SpaceId,
    folder: string,
  ): AsyncGenerator<readonly ListedFile[]> {
    const [start, end] = inside(folder);
    let after = start;
    for (;;) {
      const files = this.#index.packed(
        `SELECT json_group_array(${PACKED_FILE} ORDER BY path) AS packed
         FROM (SELECT * FROM collection_files
           WHERE collection = ? AND path > ? AND path < ?
           ORDER BY path LIMIT ?)`,
        [this.#number(space), after, end, PAGE_FILES],
        readPackedFiles,
      );
      const last = files.at(-1);
      if (last === undefined) return;
      after = last.path;
      yield files;
      await breathe();
    }
  }

  /** The file at a place in the order of `filesBelow("")`; null beyond the end. */
  fileAt(space: SpaceId, index: number): ListedFile | null {
    return this.#index.get(
      `SELECT * FROM collection_files WHERE collection = ?
       ORDER BY path LIMIT 1 OFFSET ?`,
      [this.#number(space), index],
      readListedFile,
    );
  }

  /** Which places in that order a file has, or what lies in a folder at any depth. */
  placesOf(space: SpaceId, path: string) {
    const number = this.#number(space);
    const count = (where: string, values: readonly Value[]): number =>
      this.#index.get(
        `SELECT count(*) AS n FROM collection_files WHERE collection = ? AND ${where}`,
        [number, ...values],
        (row) => int(row, "n"),
      ) ?? 0;
    if (this.file(space, path) !== null)
      return { first: count("path < ?", [path]), count: 1 };
    const [start, end] = inside(path);
    return {
      first: count("path <= ?", [start]),
      count: count("path > ? AND path < ?", [start, end]),
    };
  }

  /** Folders directly inside a folder, and how many there are. */
  foldersIn(space: SpaceId, folder: string, first: number, count: number) {
    return windowOf(
      this.#index,
      "collection_folders",
      "parent = ?2",
      [this.#number(space), folder],
      { first, count },
      readListedFolder,
    );
  }

  /** Files directly inside a folder, and how many there are. */
  filesIn(space: SpaceId, folder: string, first: number, count: number) {
    return windowOf(
      this.#index,
      "collection_files",
      "folder = ?2",
      [this.#number(space), folder],
      { first, count },
      readListedFile,
    );
  }

  /** Folders at any depth below one whose names contain a text. */
  findFolders(
    space: SpaceId,
    folder: string,
    plain: string,
    first: number,
    count: number,
  ) {
    return windowOf(
      this.#index,
      "collection_folders",
      "path > ?2 AND path < ?3 AND instr(plain, ?4) > 0",
      [this.#number(space), ...inside(folder), plain],
      { first, count },
      readListedFolder,
    );
  }

  /** Files at any depth below a folder whose names contain a text. */
  findFiles(
    space: SpaceId,
    folder: string,
    plain: string,
    first: number,
    count: number,
  ) {
    return windowOf(
      this.#index,
      "collection_files",
      "path > ?2 AND path < ?3 AND instr(plain, ?4) > 0",
      [this.#number(space), ...inside(folder), plain],
      { first, count },
      readListedFile,
    );
  }

  /** Whether a table has anything about a collection. */
  #hasRows(
    space: SpaceId,
    table: "collection_writers" | "collection_entries",
  ): boolean {
    return (
      this.#index.get(
        `SELECT 1 FROM ${table} WHERE collection = ? LIMIT 1`,
        [this.#number(space)],
        () => true,
      ) ?? false
    );
  }

  /** No collection has the number 0. */
  #number(space: SpaceId): number {
    const known = this.#numbers.get(space);
    if (known !== undefined) return known;
    const number = collectionNumber(this.#index, space);
    if (number !== null) this.#numbers.set(space, number);
    return number ?? 0;
  }
}
