import { join } from "node:path";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Time } from "#core/contract/models.ts";
import { breathe } from "#core/base/breathe.ts";
import type { Resource } from "#core/base/resource.ts";
import { createGroup } from "#core/base/serial.ts";
import type { Holdings } from "#core/files/holdings.ts";
import { placeOf } from "#core/folders/folder-base.ts";
import type { SavedFiles } from "#core/folders/saved-files.ts";
import type { SharedFolders } from "#core/folders/shared-folders.ts";
import { lookAt, placeOf as pathOf } from "#core/keeping/aside.ts";
import type { PlacedFile } from "#core/keeping/model.ts";
import { collectionNumber } from "#core/listing/file-heads.ts";
import { removalOf, removedPaths } from "#core/listing/removals.ts";
import type { Removal } from "#core/listing/removals.ts";
import type { Database } from "#core/storage/database.ts";
import { RemovedAnswers } from "./removed-answers.ts";

export interface RemovedFilesOptions {
  readonly me: PersonId;
  readonly index: Database;
  readonly local: Database;
  readonly saved: SavedFiles;
  readonly shared: SharedFolders;
  readonly holdings: Holdings;
  /** Collections on the list, and whose they are. */
  readonly founders: () => ReadonlyMap<SpaceId, PersonId>;
  /** Something else is found than before. */
  readonly onChange: () => void;
}

/** A file that somebody removed from a collection and that still lies here, as it came. */
export interface RemovedFile extends PlacedFile {
  readonly by: PersonId;
  readonly at: Time;
  readonly removal: Removal;
}

/** Paths looked at before others get their turn. */
const SLICE_PATHS = 100;
/** Where a file lies that was never fetched: in a folder of mine. */
export const OWN_FOLDER = 0;

/**
 * What others removed from collections and is still on this computer. Nothing
 * is deleted behind anybody's back: it stays until its person has said what
 * is to become of it.
 */
export class RemovedFiles implements Resource {
  readonly #options: RemovedFilesOptions;
  readonly #answers: RemovedAnswers;
  readonly #found = new Map<SpaceId, readonly RemovedFile[]>();
  /** Collections to look at; null for all. */
  #dirty: Set<SpaceId> | null = null;
  #isClosed = false;
  /** Looks at the collections that changed; calls that come together share one look. */
  readonly look: () => Promise<void>;

  constructor(options: RemovedFilesOptions) {
    this.#options = options;
    this.#answers = new RemovedAnswers(options.local);
    this.look = createGroup(() => this.#look());
  }

  /** Something was noted about files of a collection, or files of it went or came here. */
  touch(space: SpaceId): void {
    this.#dirty?.add(space);
  }

  /** By path. */
  of(space: SpaceId): readonly RemovedFile[] {
    return this.#found.get(space) ?? [];
  }

  /** Whether somebody else removed a file that I have, as things stand now. */
  isRemoved(space: SpaceId, path: string): boolean {
    const { index, founders } = this.#options;
    const collection = collectionNumber(index, space);
    if (collection === null) return false;
    const founder = founders().get(space);
    return this.#removal(collection, path, founder) !== null;
  }

  /** Files of mine, in my own folder, at exactly these paths, that others removed. */
  inOwnFolder(space: SpaceId, paths: readonly string[]): readonly PlacedFile[] {
    // Most are in no folder of mine: nothing need be asked about their paths.
    if (this.#options.shared.get(space) === null) return [];
    return paths
      .filter((path) => this.isRemoved(space, path))
      .flatMap((path) => this.#inOwn(space, path));
  }

  /**
   * Files at these paths, or all, are the person's own from now on: they stay
   * where they are, and nothing more is asked about them. Answers with what undoes it.
   */
  async keep(
    space: SpaceId,
    paths: readonly string[],
  ): Promise<() => Promise<void>> {
    const { local, saved, shared, holdings } = this.#options;
    const own = shared.get(space)?.path;
    const chosen = new Set(paths);
    const files = this.of(space).filter(({ path }) => chosen.has(path));
    const held = files.map((file) => ({
      file,
      holding: holdings.at(pathOf(file)),
    }));
    const write = (isKept: boolean): void => {
      local.transaction(() => {
        for (const { file, holding } of held) {
          this.#answers.set(space, file.path, file.removal.ref, isKept);
          // In a folder of mine it is mine as it is.
          if (file.folder === own) continue;
          if (isKept) saved.removeFiles(file.destination, [file.path]);
          else saved.addFiles(file.destination, [file], file.at);
          if (holding !== null)
            holdings.add(
              { ...holding, origin: isKept ? "mine" : "theirs" },
              holdings.list(holding.root) ?? Buffer.alloc(0),
            );
        }
      });
    };
    write(true);
    await this.#lookNow(space);
    return async () => {
      write(false);
      await this.#lookNow(space);
    };
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  async #lookNow(space: SpaceId): Promise<void> {
    this.touch(space);
    await this.look();
  }

  async #look(): Promise<void> {
    const listed = this.#options.founders();
    const spaces = this.#dirty ?? new Set(listed.keys());
    this.#dirty = new Set();
    let isChanged = false;
    for (const space of spaces) {
      if (this.#isClosed) return;
      const founder = listed.get(space);
      const found =
        founder === undefined ? [] : await this.#lookAt(space, founder);
      isChanged ||= found.length > 0 || this.of(space).length > 0;
      this.#found.set(space, found);
    }
    if (isChanged) this.#options.onChange();
  }

  async #lookAt(
    space: SpaceId,
    founder: PersonId,
  ): Promise<readonly RemovedFile[]> {
    const { index } = this.#options;
    const collection = collectionNumber(index, space);
    const found: RemovedFile[] = [];
    if (collection === null) return found;
    let after = "";
    while (!this.#isClosed) {
      const paths = removedPaths(index, collection, after, SLICE_PATHS);
      const last = paths.at(-1);
      if (last === undefined) break;
      after = last;
      for (const path of paths)
        for (const file of this.#at(space, collection, path, founder))
          if ((await lookAt(file)) === "same") found.push(file);
      await breathe();
    }
    return found;
  }

  #at(
    space: SpaceId,
    collection: number,
    path: string,
    founder: PersonId,
  ): readonly RemovedFile[] {
    const places = this.#here(space, path);
    if (places.length === 0) return [];
    const removal = this.#removal(collection, path, founder);
    if (removal === null || this.#answers.has(space, path, removal.ref))
      return [];
    const by = removal.person ?? founder;
    return places.map((file) => ({ ...file, by, at: removal.at, removal }));
  }

  /** What I took off the list myself is no news. */
  #removal(
    collection: number,
    path: string,
    founder: PersonId | undefined,
  ): Removal | null {
    const { index, me } = this.#options;
    const removal = removalOf(index, collection, path);
    return (removal?.person ?? founder) === me ? null : removal;
  }

  #here(space: SpaceId, path: string): readonly PlacedFile[] {
    const { saved } = this.#options;
    const own = this.#inOwn(space, path);
    const others = saved.placesOf(space).flatMap((place): PlacedFile[] => {
      const { destination, base, name } = place;
      const file = saved.file(destination, path);
      const isOwn = own.some((it) => it.destination === destination);
      if (file === null || isOwn) return [];
      return [{ ...file, space, destination, folder: join(base, name) }];
    });
    return [...own, ...others];
  }

  #inOwn(space: SpaceId, path: string): readonly PlacedFile[] {
    const { saved, shared, holdings } = this.#options;
    const folder = shared.get(space);
    if (folder === null) return [];
    const place = placeOf(saved, folder);
    const file = place === null ? null : saved.file(place.destination, path);
    if (place !== null && file !== null)
      return [
        {
          ...file,
          space,
          destination: place.destination,
          folder: folder.path,
        },
      ];
    const held = holdings.at(join(folder.path, path));
    if (held === null) return [];
    const { root, size, mtimeMs } = held;
    const parts = path.split("/");
    return [
      {
        ...{ space, path, parts, root, size, mtimeMs },
        destination: OWN_FOLDER,
        folder: folder.path,
      },
    ];
  }
}
