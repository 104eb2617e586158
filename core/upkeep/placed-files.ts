import { join } from "node:path";
import * as v from "valibot";
import { fileRootSchema, spaceIdSchema } from "#core/contract/ids.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import { breathe } from "#core/base/breathe.ts";
import type { Clock } from "#core/base/clock.ts";
import type { PlacedFile, PlacedFiles } from "#core/keeping/model.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import { OWN_FOLDER } from "./removed-files.ts";
import type { RemovedFiles } from "./removed-files.ts";
import { foldersOf, inside } from "#core/listing/file-paths.ts";

/** Files looked at before others get their turn. */
const SLICE_FILES = 500;

const COLUMNS = `d.space AS space, d.base AS base, d.name AS name,
  s.destination AS destination, s.path AS path, s.parts AS parts,
  s.root AS root, s.size AS size, s.mtime_ms AS mtime_ms`;
/** Where files of others lie. A folder that takes part is the person's own: what goes from it goes for all. */
export const PLACES = `SELECT d.id FROM destinations d WHERE NOT EXISTS (
    SELECT 1 FROM shared_folders f WHERE f.space = d.space
    AND f.path IN (d.base || '/' || d.name, d.base || '\\' || d.name))`;
const FROM = `saved_files s JOIN destinations d ON d.id = s.destination
  AND d.id IN (${PLACES})`;
/** What they are ordered by is read without the rest of their rows: of 100,000 that would be read for a hundred. */
function windowBy(order: string): string {
  const columns = order.replace(/(\w+)( DESC)?/g, "s.$1$2");
  return `SELECT ${COLUMNS} FROM
      (SELECT destination, path FROM saved_files
       WHERE destination IN (${PLACES}) ORDER BY ${order} LIMIT ? OFFSET ?) k
    CROSS JOIN saved_files s ON s.destination = k.destination AND s.path = k.path
    CROSS JOIN destinations d ON d.id = s.destination
    ORDER BY ${columns}`;
}

/** Where files of others lie, for what keeps and frees them. */
export class PlacedInFolders implements PlacedFiles {
  readonly #local: Database;
  readonly #removed: Pick<RemovedFiles, "inOwnFolder">;
  readonly #clock: Pick<Clock, "now">;
  readonly #onChange: (space: SpaceId, files: readonly PlacedFile[]) => void;

  constructor(
    local: Database,
    removed: Pick<RemovedFiles, "inOwnFolder">,
    clock: Pick<Clock, "now">,
    onChange: (space: SpaceId, files: readonly PlacedFile[]) => void,
  ) {
    this.#local = local;
    this.#removed = removed;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  async *below(
    space: SpaceId,
    paths: readonly string[],
  ): AsyncGenerator<readonly PlacedFile[]> {
    const chosen = new Set(paths);
    // In a folder of mine only what others removed may go, and only by its name.
    const own = this.#removed.inOwnFolder(space, [...chosen]);
    if (own.length > 0) yield own;
    for (const path of chosen) {
      const isBelowAnother =
        path !== "" && foldersOf(path).some((folder) => chosen.has(folder));
      if (isBelowAnother) continue;
      if (path !== "") {
        const exact = this.#some(space, "s.path = ?2", [path]);
        if (exact.length > 0) yield exact;
      }
      yield* this.#inFolder(space, path);
    }
  }

  /** A window of all, largest first, and how many there are. */
  largest(
    first: number,
    count: number,
  ): { readonly total: number; readonly items: readonly PlacedFile[] } {
    const total =
      this.#local.get(
        `SELECT count(*) AS n FROM saved_files WHERE destination IN (${PLACES})`,
        [],
        (row) => int(row, "n"),
      ) ?? 0;
    return {
      total,
      items: this.#local.all(windowBy("size DESC, path"), [count, first], read),
    };
  }

  forget(files: readonly PlacedFile[]): void {
    for (const { destination, path, root } of files)
      this.#local.run(
        "DELETE FROM saved_files WHERE destination = ? AND path = ? AND root = ?",
        [destination, path, root],
      );
  }

  /** Files that were not opened for longest first; of those from before that was noted, the largest. */
  longestUnused(first: number, count: number): readonly PlacedFile[] {
    return this.#local.all(
      windowBy("used_ms, size DESC, path"),
      [count, first],
      read,
    );
  }

  restore(files: readonly PlacedFile[]): void {
    for (const it of files) {
      if (it.destination === OWN_FOLDER) continue;
      this.#local.run(
        `INSERT OR REPLACE INTO saved_files
           (destination, path, parts, root, size, mtime_ms, used_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [
          it.destination,
          it.path,
          it.parts.join("/"),
          it.root,
          it.size,
          it.mtimeMs,
          // Somebody wanted it back just now.
          this.#clock.now(),
        ],
      );
    }
  }

  changed(space: SpaceId, files: readonly PlacedFile[]): void {
    this.#onChange(space, files);
  }

  async *#inFolder(
    space: SpaceId,
    folder: string,
  ): AsyncGenerator<readonly PlacedFile[]> {
    const [start, end] = inside(folder);
    let after = start;
    for (;;) {
      const files = this.#some(space, "s.path > ?2 AND s.path < ?3", [
        after,
        end,
      ]);
      const last = files.at(-1);
      if (last === undefined) return;
      after = last.path;
      yield files;
      await breathe();
    }
  }

  /** By path; all places of a path together. */
  #some(
    space: SpaceId,
    where: string,
    values: readonly string[],
  ): readonly PlacedFile[] {
    const files = this.#local.all(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE d.space = ?1 AND ${where}
       ORDER BY s.path LIMIT ${String(SLICE_FILES)}`,
      [space, ...values],
      read,
    );
    const last = files.at(-1);
    if (files.length < SLICE_FILES || last === undefined) return files;
    // The path the slice ends in may have more places: it comes with the next one.
    const whole = files.filter(({ path }) => path !== last.path);
    return whole.length > 0 ? whole : files;
  }
}

function read(row: Row): PlacedFile {
  return {
    space: v.parse(spaceIdSchema, text(row, "space")),
    destination: int(row, "destination"),
    path: text(row, "path"),
    folder: join(text(row, "base"), text(row, "name")),
    parts: text(row, "parts").split("/"),
    root: v.parse(fileRootSchema, text(row, "root")),
    size: int(row, "size"),
    mtimeMs: int(row, "mtime_ms"),
  };
}
