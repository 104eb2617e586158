import type { EntryRef, SpaceId } from "#core/contract/ids.ts";
import type { KeepMarks, Said } from "#core/keeping/keep-marks.ts";
import { foldersOf } from "#core/listing/file-paths.ts";
import type { Database, Migration } from "#core/storage/database.ts";

/**
 * Moves whose file took with it what was said of it. A move is looked at again
 * in every run of the app, and what a person says afterwards counts. On disk since 0.2.
 */
export const CARRIED_MARKS_MIGRATION: Migration = `
  CREATE TABLE carried_marks (
    space TEXT NOT NULL,
    ref TEXT NOT NULL,
    PRIMARY KEY (space, ref)
  ) STRICT, WITHOUT ROWID;
`;

export interface CarryMarksParts {
  readonly local: Database;
  readonly marks: KeepMarks;
  /** Whether a collection lists a file or a folder there. */
  readonly isListed: (space: SpaceId, path: string) => boolean;
  /** Other files are kept than before. */
  readonly onChange: () => void;
}

/** A move that stands. */
export interface StandingMove {
  readonly ref: EntryRef;
  /** Where the file was before, nearest first. */
  readonly names: readonly string[];
  readonly path: string;
}

interface Carried {
  readonly move: StandingMove;
  readonly from: string;
  readonly said: Said;
}

/**
 * What was said of a file goes with it when it gets another name, the content
 * being the same (FI9): kept it stays kept, let go it stays let go. With a
 * whole folder goes what was said of the folder.
 */
export class CarryMarks {
  readonly #parts: CarryMarksParts;

  constructor(parts: CarryMarksParts) {
    this.#parts = parts;
  }

  /** Whether there is anything to carry. */
  isNeeded(space: SpaceId): boolean {
    return this.#parts.marks.hasAny(space);
  }

  carry(space: SpaceId, moves: readonly StandingMove[]): void {
    const { local, marks } = this.#parts;
    const carried = moves.flatMap((move) => this.#find(space, move) ?? []);
    if (carried.length === 0) return;
    local.transaction(() => {
      for (const [from, to] of this.#wholeFolders(space, carried))
        marks.move(space, from, to);
      for (const { move, from, said } of carried) {
        if (said.at === from) marks.move(space, from, move.path);
        else if (marks.isKept(space, move.path) !== said.kept)
          marks.say(space, move.path, said);
        local.run(
          "INSERT OR IGNORE INTO carried_marks (space, ref) VALUES (?, ?)",
          [space, move.ref],
        );
      }
    });
    this.#parts.onChange();
  }

  /** What was said of a file under the nearest of its earlier names of which anything was. */
  #find(space: SpaceId, move: StandingMove): Carried | null {
    const { marks, isListed, local } = this.#parts;
    for (const from of move.names) {
      // A name that is listed again is of another file.
      if (isListed(space, from)) continue;
      const said = marks.said(space, from);
      if (said === null) continue;
      const isDone = local.get(
        "SELECT 1 FROM carried_marks WHERE space = ? AND ref = ?",
        [space, move.ref],
        () => true,
      );
      return isDone === null ? { move, from, said } : null;
    }
    return null;
  }

  /** Folders of which something was said that are gone, and went to one place as a whole. */
  #wholeFolders(
    space: SpaceId,
    carried: readonly Carried[],
  ): ReadonlyMap<string, string> {
    const { isListed } = this.#parts;
    const went = new Map<string, string | null>();
    for (const { move, from, said } of carried) {
      const { at } = said;
      if (at === from || at === "" || isListed(space, at)) continue;
      const to = folderAbove(move.path, from.slice(at.length));
      const known = went.get(at);
      went.set(at, known === undefined || known === to ? to : null);
    }
    return new Map(
      [...went].flatMap(([from, to]) =>
        to === null ? [] : [[from, to] as const],
      ),
    );
  }
}

/** The folder in which a file lies under `rest`, "/b/c.txt"; null when it does not. */
function folderAbove(path: string, rest: string): string | null {
  if (!path.endsWith(rest)) return null;
  const folder = path.slice(0, path.length - rest.length);
  return foldersOf(path).includes(folder) && folder !== "" ? folder : null;
}
