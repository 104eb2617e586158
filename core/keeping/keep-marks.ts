import type { SpaceId } from "#core/contract/ids.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";

interface Mark {
  readonly kept: boolean;
  readonly brought: boolean;
}

/** What counts for a file, and of which path it was said: the file, or a folder above. */
export interface Said extends Mark {
  readonly at: string;
}

/** What had been said of some files and folders and all below them, by path. */
export type SaidBefore = ReadonlyMap<string, Mark>;

/** What a person said of files and folders: kept here, or let go (FI6). The nearest word above a file counts. */
export class KeepMarks {
  readonly #local: Database;
  readonly #known = new Map<SpaceId, Map<string, Mark>>();

  constructor(local: Database) {
    this.#local = local;
  }

  /** Whether a file, or all of a folder, stays here until the person says otherwise. */
  isKept(space: SpaceId, path: string): boolean {
    return this.#nearest(space, path)?.kept ?? false;
  }

  /** Whether a person let exactly this file go. */
  isLetGo(space: SpaceId, path: string): boolean {
    return this.#of(space).get(path)?.kept === false;
  }

  /** What was said of exactly this path; null when nothing. */
  at(space: SpaceId, path: string): boolean | null {
    return this.#of(space).get(path)?.kept ?? null;
  }

  /** Whether anything was said of anything in a collection. */
  hasAny(space: SpaceId): boolean {
    return this.#of(space).size > 0;
  }

  /** The word that counts for a file; null when there is none. */
  said(space: SpaceId, path: string): Said | null {
    return this.#nearest(space, path);
  }

  /** Says of a path what was said of another; in the caller's transaction. */
  say(space: SpaceId, path: string, { kept, brought }: Said): void {
    this.#change(space, () => {
      this.#put(space, path, { kept, brought });
    });
  }

  /** What was said of exactly one path is said of another instead, unless something was said of that. */
  move(space: SpaceId, from: string, to: string): void {
    const mark = this.#of(space).get(from);
    if (mark === undefined) return;
    this.#change(space, () => {
      this.#remove(space, from);
      if (!this.#of(space).has(to)) this.#put(space, to, mark);
    });
  }

  /** Files and folders that are kept, and are to come when they are not here. */
  brought(space: SpaceId): readonly string[] {
    return [...this.#of(space)].flatMap(([path, { kept, brought }]) =>
      kept && brought ? [path] : [],
    );
  }

  /**
   * Bytes of a collection that are kept, when `below` tells how many lie at or
   * below a path: only words that say another thing than the one above count.
   */
  keptBytes(space: SpaceId, below: (path: string) => number): number {
    let bytes = 0;
    for (const [path, { kept }] of this.#of(space)) {
      const [above] = aboveOf(path);
      const isKeptAbove = above !== undefined && this.isKept(space, above);
      if (kept !== isKeptAbove) bytes += kept ? below(path) : -below(path);
    }
    return bytes;
  }

  /** Whether anything was let go in a folder at any depth. */
  hasLetGo(space: SpaceId, folder: string): boolean {
    for (const [path, { kept }] of this.#of(space))
      if (!kept && isBelow(path, folder)) return true;
    return false;
  }

  /**
   * Keeps files and folders, or keeps them no more; what was said of things
   * below is forgotten, and answered, to be given to `setBack`.
   */
  set(space: SpaceId, paths: readonly string[], isKept: boolean): SaidBefore {
    const before = this.#below(space, paths);
    this.#change(space, () => {
      for (const path of before.keys()) this.#remove(space, path);
      for (const path of new Set(paths))
        // A word is needed only where another one stands above.
        if (isKept || (this.#nearest(space, path)?.kept ?? false))
          this.#put(space, path, { kept: isKept, brought: isKept });
    });
    return before;
  }

  /** Says of files and folders, and of all below them, exactly what was said before. */
  setBack(space: SpaceId, paths: readonly string[], before: SaidBefore): void {
    this.#change(space, () => {
      for (const path of this.#below(space, paths).keys())
        this.#remove(space, path);
      for (const [path, mark] of before) this.#put(space, path, mark);
    });
  }

  /** Notes that files were freed: no rule brings them back. */
  letGo(space: SpaceId, paths: readonly string[]): void {
    this.#change(space, () => {
      for (const path of paths)
        this.#put(space, path, { kept: false, brought: false });
    });
  }

  /** Gives a file the word it had before; null for none. */
  restore(space: SpaceId, path: string, kept: boolean | null): void {
    this.#change(space, () => {
      if (kept === null) this.#remove(space, path);
      else this.#put(space, path, { kept, brought: kept });
    });
  }

  /** What was let go there may come back by a rule or with a folder. */
  takeBack(space: SpaceId, paths: readonly string[]): void {
    this.#change(space, () => {
      for (const [path, { kept }] of this.#below(space, paths))
        if (!kept) this.#remove(space, path);
    });
  }

  /** Kept files stay kept, but are not fetched any more until something is kept again. Answers which these are. */
  stopBringing(space: SpaceId): readonly string[] {
    const brought = this.brought(space);
    this.#change(space, () => {
      for (const path of brought)
        this.#put(space, path, { kept: true, brought: false });
    });
    return brought;
  }

  /** What is still kept of these is fetched again. */
  bringAgain(space: SpaceId, paths: readonly string[]): void {
    this.#change(space, () => {
      for (const path of paths)
        if (this.at(space, path) === true)
          this.#put(space, path, { kept: true, brought: true });
    });
  }

  /** What was said of these and of what lies below them. */
  #below(space: SpaceId, paths: readonly string[]): SaidBefore {
    const tops = new Set(paths);
    const said = new Map<string, Mark>();
    for (const [path, mark] of this.#of(space))
      if (tops.has(path) || aboveOf(path).some((one) => tops.has(one)))
        said.set(path, mark);
    return said;
  }

  #nearest(space: SpaceId, path: string): Said | null {
    const known = this.#of(space);
    if (known.size === 0) return null;
    for (const one of [path, ...aboveOf(path)]) {
      const mark = known.get(one);
      if (mark !== undefined) return { ...mark, at: one };
    }
    return null;
  }

  #of(space: SpaceId): Map<string, Mark> {
    let known = this.#known.get(space);
    if (known === undefined) {
      const rows = this.#local.all(
        "SELECT * FROM keep_marks WHERE space = ?",
        [space],
        (row) =>
          [
            text(row, "path"),
            {
              kept: int(row, "kept") === 1,
              brought: int(row, "brought") === 1,
            },
          ] as const,
      );
      known = new Map(rows);
      this.#known.set(space, known);
    }
    return known;
  }

  #change(space: SpaceId, work: () => void): void {
    try {
      this.#local.transaction(work);
    } catch (error) {
      // Nothing was written: what is in memory must not say so.
      this.#known.delete(space);
      throw error;
    }
  }

  #put(space: SpaceId, path: string, mark: Mark): void {
    this.#of(space).set(path, mark);
    this.#local.run(
      `INSERT OR REPLACE INTO keep_marks (space, path, kept, brought)
       VALUES (?, ?, ?, ?)`,
      [space, path, mark.kept ? 1 : 0, mark.brought ? 1 : 0],
    );
  }

  #remove(space: SpaceId, path: string): void {
    this.#of(space).delete(path);
    this.#local.run("DELETE FROM keep_marks WHERE space = ? AND path = ?", [
      space,
      path,
    ]);
  }
}

/** The folders a path lies in, nearest first, "" being the last. */
function aboveOf(path: string): readonly string[] {
  const above: string[] = [];
  let at = path;
  while (at !== "") {
    const slash = at.lastIndexOf("/");
    at = slash === -1 ? "" : at.slice(0, slash);
    above.push(at);
  }
  return above;
}

function isBelow(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}
