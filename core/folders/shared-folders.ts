import { lstat } from "node:fs/promises";
import * as v from "valibot";
import { personIdSchema, spaceIdSchema } from "#core/contract/ids.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { ShareAudience } from "#core/contract/collection-methods.ts";
import type { FolderExcludes } from "#core/contract/watching-models.ts";
import { DEFAULT_EXCLUDES } from "#core/files/excludes.ts";
import { LEFT_OUT_REASONS } from "#core/files/walk.ts";
import type { LeftOut } from "#core/files/walk.ts";
import { int, maybe, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import type { Value } from "#core/storage/value.ts";

/** A folder of this computer that is a collection of mine. */
export interface SharedFolder {
  readonly space: SpaceId;
  /** Absolute. */
  readonly path: string;
  /** Tells this folder from another one at the same path. */
  readonly mark: string;
  readonly title: string;
  readonly about: string;
  readonly audience: ShareAudience;
  /** Whether the audience was told. */
  readonly isOffered: boolean;
  /** What was left out when it was read last. */
  readonly leftOut: readonly LeftOut[];
  /** Whether changes are shared by themselves. */
  readonly live: boolean;
  readonly excludes: FolderExcludes;
  /** The only files of it that are shared, when it is not shared whole. */
  readonly only: readonly string[] | null;
  /** Files that are gone from it and still listed, until the person says so. */
  readonly gone: number;
}

const audienceSchema = v.variant("kind", [
  v.object({ kind: v.literal("link") }),
  v.object({ kind: v.literal("contacts") }),
  v.object({ kind: v.literal("chosen"), people: v.array(personIdSchema) }),
]);
const excludesSchema = v.object({
  hidden: v.boolean(),
  temporary: v.boolean(),
  patterns: v.array(v.string()),
});
const leftOutSchema = v.array(
  v.union([
    v.object({ path: v.string(), reason: v.picklist(LEFT_OUT_REASONS) }),
    // As it was written before the reason was kept; the next reading tells.
    v.pipe(
      v.string(),
      v.transform((path) => ({ path, reason: "unreadable" as const })),
    ),
  ]),
);
/** More than anybody reads; the rest is left out of the list of what was left out. */
const LEFT_OUT_MAX = 1_000;

/** Which folders of this computer are collections of mine. */
export class SharedFolders {
  readonly #local: Database;
  /** Asked for with every file that is received. */
  readonly #known = new Map<SpaceId, SharedFolder | null>();

  constructor(local: Database) {
    this.#local = local;
  }

  add(folder: SharedFolder): void {
    const { space, path, mark, title, about, audience } = folder;
    this.#run(
      `INSERT OR REPLACE INTO shared_folders
         (space, path, mark, title, about, audience, offered, live, excludes, only_files)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        space,
        path,
        mark,
        title,
        about,
        JSON.stringify(audience),
        folder.isOffered ? 1 : 0,
        folder.live ? 1 : 0,
        JSON.stringify(folder.excludes),
        folder.only === null ? null : JSON.stringify(folder.only),
      ],
    );
  }

  get(space: SpaceId): SharedFolder | null {
    const known = this.#known.get(space);
    if (known !== undefined) return known;
    const folder = this.#local.get(
      "SELECT * FROM shared_folders WHERE space = ?",
      [space],
      read,
    );
    this.#known.set(space, folder);
    return folder;
  }

  all(): readonly SharedFolder[] {
    return this.#local.all("SELECT * FROM shared_folders", [], read);
  }

  setAudience(space: SpaceId, audience: ShareAudience): void {
    this.#run("UPDATE shared_folders SET audience = ? WHERE space = ?", [
      JSON.stringify(audience),
      space,
    ]);
  }

  setOffered(space: SpaceId, isOffered: boolean): void {
    this.#run("UPDATE shared_folders SET offered = ? WHERE space = ?", [
      isOffered ? 1 : 0,
      space,
    ]);
  }

  /** Notes how the folder was found when it was read. */
  setRead(space: SpaceId, mark: string, leftOut: readonly LeftOut[]): void {
    this.#run(
      "UPDATE shared_folders SET mark = ?, left_out = ? WHERE space = ?",
      [mark, JSON.stringify(leftOut.slice(0, LEFT_OUT_MAX)), space],
    );
  }

  setOptions(space: SpaceId, live: boolean, excludes: FolderExcludes): void {
    this.#run(
      "UPDATE shared_folders SET live = ?, excludes = ? WHERE space = ?",
      [live ? 1 : 0, JSON.stringify(excludes), space],
    );
  }

  setOnly(space: SpaceId, only: readonly string[]): void {
    this.#run("UPDATE shared_folders SET only_files = ? WHERE space = ?", [
      JSON.stringify(only),
      space,
    ]);
  }

  /** Notes how many files are gone and still listed. */
  setGone(space: SpaceId, gone: number): void {
    this.#run("UPDATE shared_folders SET gone = ? WHERE space = ?", [
      gone,
      space,
    ]);
  }

  /** The folder lies somewhere else now. */
  setPath(space: SpaceId, path: string, mark: string): void {
    this.#run("UPDATE shared_folders SET path = ?, mark = ? WHERE space = ?", [
      path,
      mark,
      space,
    ]);
  }

  remove(space: SpaceId): void {
    this.#local.transaction(() => {
      this.#run("DELETE FROM shared_folders WHERE space = ?", [space]);
      this.#run("DELETE FROM folder_files WHERE space = ?", [space]);
    });
  }

  #run(sql: string, values: readonly Value[]): void {
    this.#known.clear();
    this.#local.run(sql, values);
  }
}

/** What tells a folder from another one at its path; null when there is none. */
export async function folderMark(path: string): Promise<string | null> {
  const seen = await lstat(path).catch(() => null);
  if (seen?.isDirectory() !== true) return null;
  return `${String(seen.dev)}.${String(seen.ino)}`;
}

function read(row: Row): SharedFolder {
  return {
    space: v.parse(spaceIdSchema, text(row, "space")),
    path: text(row, "path"),
    mark: text(row, "mark"),
    title: text(row, "title"),
    about: text(row, "about"),
    audience: v.parse(audienceSchema, JSON.parse(text(row, "audience"))),
    isOffered: int(row, "offered") === 1,
    leftOut: v.parse(leftOutSchema, JSON.parse(text(row, "left_out"))),
    live: int(row, "live") === 1,
    excludes: readJson(row, "excludes", excludesSchema) ?? DEFAULT_EXCLUDES,
    only: readJson(row, "only_files", v.array(v.string())),
    gone: int(row, "gone"),
  };
}

function readJson<T>(
  row: Row,
  column: string,
  schema: v.GenericSchema<unknown, T>,
): T | null {
  const json = maybe(row, column, text);
  return json === null ? null : v.parse(schema, JSON.parse(json));
}
