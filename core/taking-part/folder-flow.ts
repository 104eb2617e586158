import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { isCoreError } from "#core/contract/errors.ts";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import { breathe } from "#core/base/breathe.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { Folder } from "#core/spaces/fold.ts";
import type { BesideFiles, GivenBack } from "./beside-files.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import { FolderBase, placeOf } from "#core/folders/folder-base.ts";
import { ensurePlace } from "#core/folders/own-place.ts";
import type {
  SavedFile,
  SavedFiles,
  SavedPlace,
} from "#core/folders/saved-files.ts";
import type {
  SharedFolder,
  SharedFolders,
} from "#core/folders/shared-folders.ts";
import { standing } from "#core/listing/standing.ts";
import { createThrottled } from "#core/base/throttled.ts";

export interface FolderFlowOptions {
  readonly me: PersonId;
  readonly files: CollectionIndex;
  readonly shared: SharedFolders;
  readonly saved: SavedFiles;
  readonly holdings: Holdings;
  readonly folder: Folder;
  readonly beside: BesideFiles;
  /** Whether the folder is there and its collection on the list. */
  readonly isUsable: (space: SpaceId) => boolean;
  readonly founderOf: (space: SpaceId) => PersonId | null;
  /** Brings files into a folder; shows as a transfer. */
  readonly bring: (
    space: SpaceId,
    place: SavedPlace,
    paths: readonly string[],
  ) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What others changed is looked at together, this often at most. */
const LOOK_MS = 1_000;
/** Paths looked at before others get their turn. */
const SLICE_PATHS = 200;

/**
 * Brings what others change into the folder of mine that takes part in a
 * collection: only over files that are as they were left here. Where both
 * changed, both stay (EN5). What others removed stays here, and is not shared.
 */
export class FolderFlow implements Resource {
  readonly #options: FolderFlowOptions;
  /** Paths that may stand otherwise than they lie here; null for all. */
  readonly #dirty = new Map<SpaceId, Set<string> | null>();
  readonly #looks;
  #running: Promise<void> = Promise.resolve();
  #isStarted = false;
  #isClosed = false;

  constructor(options: FolderFlowOptions) {
    this.#options = options;
    this.#looks = createThrottled(options.clock, LOOK_MS);
    this.#looks.subscribe(() => {
      if (!this.#isStarted || this.#isClosed) return;
      this.#running = this.#running.then(() => this.#look());
      options.logger.background("folder flow", this.#running);
    });
  }

  /** Looks at every folder that others may have changed while the app was away. */
  start(): void {
    this.#isStarted = true;
    for (const { space } of this.#options.shared.all())
      if (this.#mayDiffer(space)) this.look(space);
    this.#looks.fire();
  }

  /** Something was noted about these paths of a collection. */
  touch(space: SpaceId, paths: Iterable<string>): void {
    const dirty = this.#dirty.get(space);
    if (dirty === null) return;
    const all = dirty ?? new Set<string>();
    for (const path of paths) all.add(path);
    this.#dirty.set(space, all);
    this.#looks.fire();
  }

  /** Files came to lie in a folder. What was written about them while they came is looked at again. */
  placed(space: SpaceId, placed: readonly SavedFile[]): void {
    const { files, shared } = this.#options;
    if (shared.get(space) === null) return;
    const otherwise = placed.flatMap(({ path, root }) => {
      const file = files.file(space, path);
      const isAsListed = file?.root === root && file.versions < 2;
      return file === null || isAsListed ? [] : [path];
    });
    if (otherwise.length > 0) this.touch(space, otherwise);
  }

  /** Anything in a folder may lie otherwise than it stands. */
  look(space: SpaceId): void {
    this.#dirty.set(space, null);
    this.#looks.fire();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#looks.close();
    await this.#running;
    await this.#options.beside.close();
  }

  /** Where nobody else writes, what stands came from here. */
  #mayDiffer(space: SpaceId): boolean {
    const { files, founderOf, me } = this.#options;
    return founderOf(space) !== me || files.hasWriters(space);
  }

  async #look(): Promise<void> {
    await this.#options.folder.settled();
    const all = [...this.#dirty];
    this.#dirty.clear();
    for (const [space, paths] of all) {
      if (this.#isClosed) return;
      try {
        await this.#lookAt(space, paths);
      } catch (error) {
        // A folder that went away, or no room to write down: the next look tries again.
        if (!isCoreError(error)) this.#options.logger.bug(error, "folder flow");
      }
    }
  }

  async #lookAt(space: SpaceId, paths: Set<string> | null): Promise<void> {
    const { shared, isUsable, bring, founderOf, me } = this.#options;
    const folder = shared.get(space);
    if (folder === null || !isUsable(space)) return;
    const founder = founderOf(space);
    const base = new FolderBase(
      this.#options,
      folder,
      founder === me ? null : me,
    );
    const due: string[] = [];
    for await (const some of paths === null
      ? this.#everything(space, folder)
      : inSlices(paths)) {
      const same = base.asListed(some);
      for (const path of some)
        if (!same.has(path) && (await this.#isDue(space, folder, base, path)))
          due.push(path);
      await breathe();
      if (this.#isClosed) return;
    }
    if (due.length === 0) return;
    const place = ensurePlace(this.#options.saved, folder);
    if (place !== null) await bring(space, place, due);
  }

  /** Whether a path is to be brought; versions beside it are seen to. */
  async #isDue(
    space: SpaceId,
    folder: SharedFolder,
    base: FolderBase,
    path: string,
  ): Promise<boolean> {
    const { files, beside } = this.#options;
    const file = files.file(space, path);
    const left = base.left(path);
    const back = this.#mineInstead(space, file, left);
    if (back !== null && left !== null && (await isAsLeft(folder, left))) {
      beside.giveBack(space, folder, path, back);
      return false;
    }
    await beside.see(space, folder, path, this.#others(space, file, left));
    if (file === null || !isShared(folder, path)) return false;
    if (left === null) return (await look(join(folder.path, path))) === null;
    if (left.root === file.root || this.#stands(space, file, left))
      return false;
    return await isAsLeft(folder, left);
  }

  /** A version of mine that stands while somebody else's lies under its name: settling the two was undone (EN5). */
  #mineInstead(
    space: SpaceId,
    file: ListedFile | null,
    left: SavedFile | null,
  ): GivenBack | null {
    if (file === null || file.versions < 2 || left === null) return null;
    const { files, founderOf, me } = this.#options;
    const founder = founderOf(space);
    const heads = standing(files.noted(space, file.path));
    const mine = heads.filter(
      ({ person, content }) => content !== null && (person ?? founder) === me,
    );
    const own = mine.at(-1);
    const lying = heads.find(({ content }) => content?.root === left.root);
    if (own === undefined || lying === undefined) return null;
    const isMine = mine.some(({ content }) => content?.root === left.root);
    return isMine ? null : { own, lying };
  }

  /** Whether what lies here is one of the versions that stand. */
  #stands(space: SpaceId, { path, versions }: ListedFile, left: SavedFile) {
    return (
      versions > 1 &&
      standing(this.#options.files.noted(space, path)).some(
        ({ content }) => content?.root === left.root,
      )
    );
  }

  /** Versions that stand besides the one that lies here, or will. */
  #others(space: SpaceId, file: ListedFile | null, left: SavedFile | null) {
    if (file === null || file.versions < 2) return [];
    const isMine = left !== null && this.#stands(space, file, left);
    const here = isMine ? left.root : file.root;
    const heads = standing(this.#options.files.noted(space, file.path));
    return heads.filter(
      ({ content }) => content !== null && content.root !== here,
    );
  }

  async *#everything(
    space: SpaceId,
    folder: SharedFolder,
  ): AsyncGenerator<readonly string[]> {
    const { files, saved } = this.#options;
    const place = placeOf(saved, folder);
    if (place !== null) yield saved.pathsWithBeside(place.destination);
    for await (const some of files.paths(space)) yield some;
  }
}

/** Of a folder that is not shared whole, only what is shared takes part. */
function isShared({ only }: SharedFolder, path: string): boolean {
  return only === null || only.includes(path);
}

async function isAsLeft(
  { path }: SharedFolder,
  { parts, size, mtimeMs }: SavedFile,
): Promise<boolean> {
  const seen = await look(join(path, ...parts));
  return seen?.size === size && seen.mtimeMs === mtimeMs;
}

async function look(path: string) {
  return await lstat(path).catch(() => null);
}

function* inSlices(paths: Set<string>): Generator<readonly string[]> {
  const all = [...paths];
  for (let at = 0; at < all.length; at += SLICE_PATHS)
    yield all.slice(at, at + SLICE_PATHS);
}
