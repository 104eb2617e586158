import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { FolderBase } from "./folder-base.ts";
import type { FolderBaseParts } from "./folder-base.ts";
import type { SavedFile, SavedPlace } from "./saved-files.ts";
import type { SharedFolder, SharedFolders } from "./shared-folders.ts";

export interface PartFoldersOptions extends FolderBaseParts {
  readonly shared: SharedFolders;
}

/** What receiving has to know of folders of mine that take part: the person works in them. */
export class PartFolders {
  readonly #options: PartFoldersOptions;

  constructor(options: PartFoldersOptions) {
    this.#options = options;
  }

  /** How a file was left that no transfer put there: it is shared from here. */
  leftOf(place: SavedPlace, path: string): SavedFile | null {
    const folder = this.#folderAt(place);
    return folder === null ? null : this.#left(folder, path);
  }

  /** Whether a file may come now: not over, nor beside, what the person changed since it was left. */
  async mayCome(place: SavedPlace, path: string): Promise<boolean> {
    const folder = this.#folderAt(place);
    if (folder === null) return true;
    const left = this.#left(folder, path);
    const parts = left?.parts ?? [path];
    const seen = await lstat(join(folder.path, ...parts)).catch(() => null);
    if (left === null) return seen === null;
    return seen?.size === left.size && seen.mtimeMs === left.mtimeMs;
  }

  #folderAt({ space, base, name }: SavedPlace): SharedFolder | null {
    const folder = this.#options.shared.get(space);
    if (folder === null) return null;
    return folder.path === join(base, name) ? folder : null;
  }

  #left(folder: SharedFolder, path: string): SavedFile | null {
    // Who I am makes no difference to how a file was left.
    return new FolderBase(this.#options, folder, null).left(path);
  }
}
