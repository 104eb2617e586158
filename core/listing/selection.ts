import type { SpaceId } from "#core/contract/ids.ts";
import type { CollectionIndex } from "./collection-index.ts";
import type { ListedFile } from "./listed-file.ts";
import { foldersOf } from "./file-paths.ts";

/** Files and folders that a person chose, "" being everything. */
export class Selection {
  readonly #chosen: ReadonlySet<string>;

  constructor(paths: readonly string[]) {
    this.#chosen = new Set(paths);
  }

  /** Whether a file is among what was chosen. */
  covers(path: string): boolean {
    return this.#chosen.has(path) || this.#isBelowChosen(path);
  }

  /** How much is in it now. */
  total(
    files: CollectionIndex,
    space: SpaceId,
  ): { readonly files: number; readonly bytes: number } {
    let count = 0;
    let bytes = 0;
    for (const path of this.#tops()) {
      const folder = files.folder(space, path);
      const file = files.file(space, path);
      count += (folder?.files ?? 0) + (file === null ? 0 : 1);
      bytes += (folder?.bytes ?? 0) + (file?.size ?? 0);
    }
    return { files: count, bytes };
  }

  /** Every file in it, in slices. */
  async *files(
    files: CollectionIndex,
    space: SpaceId,
  ): AsyncGenerator<readonly ListedFile[]> {
    let single: ListedFile[] = [];
    for (const path of this.#tops()) {
      const file = files.file(space, path);
      if (file !== null) single.push(file);
      if (single.length >= SLICE_FILES) {
        yield single;
        single = [];
      }
      if (files.folder(space, path) !== null)
        yield* files.filesBelow(space, path);
    }
    if (single.length > 0) yield single;
  }

  /** What was chosen, without what lies in another chosen folder. */
  *#tops(): Generator<string> {
    for (const path of this.#chosen)
      if (path === "" || !this.#isBelowChosen(path)) yield path;
  }

  #isBelowChosen(path: string): boolean {
    return (
      path !== "" && foldersOf(path).some((folder) => this.#chosen.has(folder))
    );
  }
}

const SLICE_FILES = 500;
