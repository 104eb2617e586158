import { constants, copyFile, rename, rm } from "node:fs/promises";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { Resource } from "#core/base/resource.ts";
import { codeOf, isDiskFull } from "#core/base/system-error.ts";
import { chunkCount } from "#core/files/chunks.ts";
import type { Fetched } from "#core/fetching/fetch-part.ts";
import type { Hasher } from "#core/files/hasher.ts";
import type { Content } from "#core/files/model.ts";
import type { Named } from "#core/files/named.ts";
import type { SavedFiles, SavedPlace } from "#core/folders/saved-files.ts";
import type { Room } from "#core/keeping/room.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import { pathOfSubject } from "#core/listing/file-subject.ts";
import type { Receiving } from "./receiving.ts";
import type { ReceivingFolder } from "./receiving-folder.ts";

export interface OpenedFilesParts {
  readonly named: Pick<Named, "namesOf">;
  readonly files: Pick<CollectionIndex, "file">;
  readonly saved: Pick<SavedFiles, "placesOf">;
  readonly receiving: Pick<Receiving, "use">;
  readonly room: Pick<Room, "take">;
  readonly hasher: Pick<Hasher, "hashFile">;
  /** Whether a collection is on the list, and its files are others' or come into no folder of mine. */
  readonly isOthers: (space: SpaceId) => boolean;
  /** Where files of a collection without a place are put. @throws `folder-missing`, `folder-unreadable` */
  readonly newPlace: (space: SpaceId) => Promise<SavedPlace>;
}

/**
 * Gives what came in whole because a person opened it its place in the folder
 * of its collection: every rule brings at least what one opens (FI4, FI7).
 */
export class OpenedFiles implements Resource {
  readonly #parts: OpenedFilesParts;
  readonly #running = new Set<Promise<boolean>>();
  #isClosed = false;

  constructor(parts: OpenedFilesParts) {
    this.#parts = parts;
  }

  /**
   * Puts it in its place; false, and it lies where it was, when no collection
   * on the list names it, there is no folder for it, or no room in that.
   */
  async take(content: Content, fetched: Fetched): Promise<boolean> {
    if (this.#isClosed) return false;
    const running = this.#take(content, fetched).catch((error: unknown) => {
      // A folder that went away, a name that cannot be had: it stays with the app.
      if (isCoreError(error)) return false;
      throw error;
    });
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Waits until what is on its way lies in its place. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#running);
  }

  async #take(content: Content, fetched: Fetched): Promise<boolean> {
    const { receiving, saved, newPlace } = this.#parts;
    const [name] = this.#names(content);
    if (name === undefined) return false;
    const [known] = saved.placesOf(name.space);
    const place = known ?? (await newPlace(name.space));
    let isPlaced = false;
    await receiving.use(place, async (folder) => {
      isPlaced = await this.#place(folder, name.file, fetched);
    });
    return isPlaced;
  }

  /** Which files of collections it is, those whose collection has a place here first. */
  #names({ root, size }: Content) {
    const { named, files, saved, isOthers } = this.#parts;
    const names: { readonly space: SpaceId; readonly file: ListedFile }[] = [];
    for (const { space, subject } of named.namesOf(root)) {
      const path = pathOfSubject(subject);
      if (path === null || !isOthers(space)) continue;
      const file = files.file(space, path);
      if (file?.root === root && file.size === size)
        names.push({ space, file });
    }
    const places = ({ space }: { readonly space: SpaceId }): number =>
      Math.min(1, saved.placesOf(space).length);
    return names.sort((a, b) => places(b) - places(a));
  }

  async #place(
    folder: ReceivingFolder,
    file: ListedFile,
    fetched: Fetched,
  ): Promise<boolean> {
    if (await folder.isSaved(file)) return false;
    const temp = folder.newTemp();
    try {
      const list = await this.#bring(file, fetched, temp);
      if (list === null) return false;
      const failed = await folder.place([{ file, temp, list }]);
      if (failed.length === 0) {
        await rm(fetched.path, { force: true });
        return true;
      }
      // Where it was it is not lost. A copy is still there.
      await rename(temp, fetched.path);
      return false;
    } finally {
      await rm(temp, { force: true });
    }
  }

  /** Brings it onto the disk of its folder; answers with its list, null when there is no room. */
  async #bring(
    file: ListedFile,
    { path, list }: Fetched,
    temp: string,
  ): Promise<Buffer | null> {
    // One chunk: its hash is the list, and not kept.
    const known = chunkCount(file.size) > 1 ? list : Buffer.alloc(0);
    try {
      await rename(path, temp);
      return known;
    } catch (error) {
      if (codeOf(error) !== "EXDEV") throw error;
    }
    return await this.#withRoom(temp, file.size, async () => {
      await copyFile(path, temp, constants.COPYFILE_EXCL);
      // The copy is verified, not its source.
      const { root } = await this.#parts.hasher.hashFile(temp);
      return root === file.root ? known : null;
    });
  }

  /** Does something that needs room; null when there is none. */
  async #withRoom<T>(
    folder: string,
    size: number,
    work: () => Promise<T>,
  ): Promise<T | null> {
    const none = new AbortController();
    try {
      const reservation = await this.#parts.room.take({
        folder,
        sizes: [size],
        signal: none.signal,
        onWait: () => {
          none.abort(new CoreError("disk-full", {}));
        },
      });
      try {
        return await work();
      } finally {
        reservation.release();
      }
    } catch (error) {
      if (isCoreError(error, "disk-full") || isDiskFull(error)) return null;
      throw error;
    }
  }
}
