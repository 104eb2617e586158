import { lstat } from "node:fs/promises";
import * as v from "valibot";
import { personIdSchema, spaceIdSchema } from "#core/contract/ids.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { ShareAudience } from "#core/contract/methods.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";

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
  /** Paths left out when it was read last. */
  readonly leftOut: readonly string[];
}

const audienceSchema = v.variant("kind", [
  v.object({ kind: v.literal("link") }),
  v.object({ kind: v.literal("contacts") }),
  v.object({ kind: v.literal("chosen"), people: v.array(personIdSchema) }),
]);
/** More than anybody reads; the rest is left out of the list of what was left out. */
const LEFT_OUT_MAX = 1_000;

/** Which folders of this computer are collections of mine. */
export class SharedFolders {
  readonly #local: Database;

  constructor(local: Database) {
    this.#local = local;
  }

  add(folder: SharedFolder): void {
    const { space, path, mark, title, about, audience } = folder;
    this.#local.run(
      `INSERT OR REPLACE INTO shared_folders
         (space, path, mark, title, about, audience, offered)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        space,
        path,
        mark,
        title,
        about,
        JSON.stringify(audience),
        folder.isOffered ? 1 : 0,
      ],
    );
  }

  get(space: SpaceId): SharedFolder | null {
    return this.#local.get(
      "SELECT * FROM shared_folders WHERE space = ?",
      [space],
      read,
    );
  }

  all(): readonly SharedFolder[] {
    return this.#local.all("SELECT * FROM shared_folders", [], read);
  }

  setOffered(space: SpaceId, isOffered: boolean): void {
    this.#local.run("UPDATE shared_folders SET offered = ? WHERE space = ?", [
      isOffered ? 1 : 0,
      space,
    ]);
  }

  /** Notes how the folder was found when it was read. */
  setRead(space: SpaceId, mark: string, leftOut: readonly string[]): void {
    this.#local.run(
      "UPDATE shared_folders SET mark = ?, left_out = ? WHERE space = ?",
      [mark, JSON.stringify(leftOut.slice(0, LEFT_OUT_MAX)), space],
    );
  }

  remove(space: SpaceId): void {
    this.#local.run("DELETE FROM shared_folders WHERE space = ?", [space]);
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
    leftOut: v.parse(v.array(v.string()), JSON.parse(text(row, "left_out"))),
  };
}
