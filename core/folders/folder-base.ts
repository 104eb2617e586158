import { basename, dirname, join } from "node:path";
import type {
  EntryRef,
  FileRoot,
  LogKey,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import type { Time } from "#core/contract/models.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { WalkedFile } from "#core/files/walk.ts";
import { REPLACES_MAX } from "#core/listing/collection-entries.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { NotedFile } from "#core/listing/file-heads.ts";
import { isGone } from "./is-gone.ts";
import type { SavedFile, SavedFiles } from "./saved-files.ts";
import type { ReadFile } from "./read-file.ts";
import type { SharedFolder } from "./shared-folders.ts";
import { besideOf, standing } from "#core/listing/standing.ts";

export interface FolderBaseParts {
  readonly files: CollectionIndex;
  readonly saved: SavedFiles;
  readonly holdings: Holdings;
}

/**
 * Which version each file of a folder was made from. Others may write too: what
 * a person changes here replaces the version they had before them, not whatever
 * came in the meantime; and a file that is as it was left says nothing new,
 * whatever others made of it (EN5).
 */
export class FolderBase {
  readonly #parts: FolderBaseParts;
  readonly #folder: SharedFolder;
  readonly #space: SpaceId;
  /** How I am noted: null as the founder. */
  readonly #me: PersonId | null;
  readonly #destination: number | null;
  #isNew = false;

  constructor(
    parts: FolderBaseParts,
    folder: SharedFolder,
    me: PersonId | null,
  ) {
    this.#parts = parts;
    this.#folder = folder;
    this.#space = folder.space;
    this.#me = me;
    this.#destination = placeOf(parts.saved, folder)?.destination ?? null;
  }

  /**
   * Looks whether nothing of this folder is known: then nothing needs to be
   * looked up for each of its files while it is read for the first time.
   */
  lookIfNew(): void {
    const { files, holdings } = this.#parts;
    this.#isNew =
      this.#me === null &&
      this.#destination === null &&
      !files.hasNotes(this.#space) &&
      holdings.total(this.#folder.path).files === 0;
  }

  /** Whether this reading began with nothing known. */
  get isNew(): boolean {
    return this.#isNew;
  }

  /** How a file was left here: put here, or shared from here; null when it never was. */
  left(path: string): SavedFile | null {
    const { saved, holdings } = this.#parts;
    const known =
      this.#destination === null ? null : saved.file(this.#destination, path);
    if (known !== null) return known;
    const held = holdings.at(join(this.#folder.path, path));
    if (held === null) return null;
    const { root, size, mtimeMs } = held;
    return { path, parts: path.split("/"), root, size, mtimeMs };
  }

  /** Whether a file says nothing that its collection does not know; null when it has to be looked at otherwise. */
  isUnchanged({ path, size, mtimeMs }: WalkedFile): boolean | null {
    const left = this.left(path);
    if (left?.size !== size || left.mtimeMs !== mtimeMs) return null;
    if (this.isBeside(path)) return true;
    const noted = this.#parts.files.noted(this.#space, path);
    if (!noted.some(({ content }) => content?.root === left.root)) return null;
    const heads = standing(noted);
    if (heads.some(({ content }) => content?.root === left.root)) return null;
    // Taken off the list from here, and now to be on it again.
    const isTakenOff = heads.every(
      ({ content, person }) => content === null && person === this.#me,
    );
    return isTakenOff ? false : true;
  }

  /** The content of those of some paths that stand in one version; nothing where versions were put here, which are looked at one by one. */
  plainRoots(paths: readonly string[]): ReadonlyMap<string, string> {
    return this.#destination === null
      ? this.#parts.files.plainRoots(this.#space, paths)
      : new Map();
  }

  /** Those of some paths that stand, in one version, as they lie here: nothing is to be done about them. */
  asListed(paths: readonly string[]): ReadonlySet<string> {
    const { holdings } = this.#parts;
    const at = (path: string): string => join(this.#folder.path, path);
    const roots = this.plainRoots(paths);
    const here = holdings.rootsAt([...roots.keys()].map(at));
    return new Set(
      [...roots]
        .filter(([path, root]) => here.get(at(path)) === root)
        .map(([path]) => path),
    );
  }

  /** Whether content that lies at a path is news to the others. */
  isNews(path: string, root: FileRoot): boolean {
    if (this.#isNew) return true;
    const noted = this.#parts.files.noted(this.#space, path);
    const heads = standing(noted);
    if (heads.some(({ content }) => content?.root === root)) return false;
    const isKnown = noted.some(({ content }) => content?.root === root);
    const isTakenOff = heads.every(({ content }) => content === null);
    return !isKnown || isTakenOff || this.left(path)?.root !== root;
  }

  /** What an entry about a path replaces that is written because of this folder. */
  replaces(path: string): readonly EntryRef[] {
    if (this.#isNew) return [];
    const noted = this.#parts.files.noted(this.#space, path);
    const heads = standing(noted);
    // Where only I write, I know all there is.
    if (noted.every(({ person }) => person === this.#me)) return refs(heads);
    const left = this.left(path);
    // A file that never lay here is a new one, also where another was removed.
    if (left === null)
      return refs(heads.filter(({ content }) => content === null));
    return refs(noted.filter(({ content }) => content?.root === left.root));
  }

  /** What an entry about a path, written in this log and replacing these, names beside it. */
  beside(
    path: string,
    log: LogKey,
    replaces: readonly EntryRef[],
  ): readonly EntryRef[] {
    if (this.#isNew) return [];
    const noted = this.#parts.files.noted(this.#space, path);
    return besideOf(noted, log, replaces).slice(-REPLACES_MAX);
  }

  /** Whether a listed file ever lay here, so that one that is not there was removed. */
  wasHere(path: string): boolean {
    return this.left(path) !== null;
  }

  /** Whether a file that was here is not any more: one may come while the folder is looked through, and was not seen then. */
  async isGone(path: string): Promise<boolean> {
    const parts = this.left(path)?.parts ?? path.split("/");
    return await isGone(this.#folder.path, parts);
  }

  /** Whether a name is that of a version of another file. */
  isBeside(path: string): boolean {
    return (
      this.#destination !== null &&
      this.#parts.saved.isBeside(this.#destination, path)
    );
  }

  /** Notes files that were shared as they lie here now. */
  noteShared(files: readonly ReadFile[], at: Time): void {
    const { saved } = this.#parts;
    const destination = this.#destination;
    if (destination === null) return;
    saved.addFiles(
      destination,
      files.map(({ path, hashed: { root, size, mtimeMs } }) => ({
        path,
        parts: path.split("/"),
        root,
        size,
        mtimeMs,
      })),
      at,
    );
    for (const { path } of files) saved.removeBeside(destination, path);
  }

  /** Forgets files that are gone. */
  forget(paths: readonly string[]): void {
    if (this.#destination !== null)
      this.#parts.saved.removeFiles(this.#destination, paths);
  }
}

/** The place in which files are received into a folder that is shared; null while none were. */
export function placeOf(
  saved: SavedFiles,
  { space, path }: Pick<SharedFolder, "space" | "path">,
) {
  const place = saved.place(space, dirname(path));
  return place?.name === basename(path) ? place : null;
}

function refs(noted: readonly NotedFile[]): readonly EntryRef[] {
  return noted.slice(-REPLACES_MAX).map(({ ref }) => ref);
}
