import { lstat } from "node:fs/promises";
import { basename, join } from "node:path";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import { breathe } from "#core/base/breathe.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { HashedFile, Hasher } from "#core/files/hasher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import { mediaType } from "#core/files/media-type.ts";
import { walkFolder } from "#core/files/walk.ts";
import type { WalkedFile } from "#core/files/walk.ts";
import type { CollectionIndex } from "./collection-index.ts";
import { foldersOf, nameOf } from "./file-paths.ts";
import type { ShareBatch } from "./share-batch.ts";
import { folderMark } from "./shared-folders.ts";
import type { SharedFolder } from "./shared-folders.ts";
import type { Report } from "./transfer-run.ts";

export interface SharePassParts {
  readonly files: CollectionIndex;
  readonly holdings: Holdings;
  readonly hasher: Hasher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly batch: ShareBatch;
}

/** What a reading of the folder found out about it. */
export interface FolderRead {
  readonly mark: string;
  readonly leftOut: readonly string[];
}

/** While files are read, the folder itself is looked for this often. */
const LOOK_MS = 2_000;
/** Files given to the hasher and not answered yet. */
const HASHING_FILES = 256;
/** A folder of so many files is walked once: what was counted is remembered. */
const KEPT_FILES = 20_000;
/** Files passed by, unchanged, before others get their turn. */
const SLICE_FILES = 500;

/**
 * Reads the folder of a collection once and shares what is new or changed; what
 * vanished is removed. Nothing is copied (FI3). A folder that is not there, or
 * goes away midway, ends it and removes nothing.
 */
export class SharePass {
  readonly #parts: SharePassParts;
  readonly #folder: SharedFolder;
  readonly #space: SpaceId;
  readonly #outer: AbortSignal;
  readonly #signal: AbortSignal;
  readonly #report: Report;
  readonly #stop = new AbortController();
  readonly #seen = new Set<string>();
  readonly #leftOut = new Set<string>();
  /** May still be there, though it could not be read: not taken for vanished. */
  readonly #unreadable = new Set<string>();
  readonly #hashing = new Set<Promise<void>>();
  #hashed: () => void = () => undefined;
  #failure: { readonly error: unknown } | null = null;
  #files = 0;
  #bytes = 0;
  #doneFiles = 0;
  #doneBytes = 0;

  constructor(
    parts: SharePassParts,
    folder: SharedFolder,
    signal: AbortSignal,
    report: Report,
  ) {
    this.#parts = parts;
    this.#folder = folder;
    this.#space = folder.space;
    this.#outer = signal;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
    this.#report = report;
  }

  /**
   * @throws `folder-missing`, `folder-unreadable`, `folder-empty` when there is
   *   nothing to share at all, `disk-full`, or the reason of the signal
   */
  async run(): Promise<FolderRead> {
    const mark = await folderMark(this.#folder.path);
    if (mark === null) throw this.#missing();
    const counted = await this.#count(mark);
    const stopLooking = this.#parts.clock.every(LOOK_MS, () => {
      this.#parts.logger.background("sharing", this.#look(mark));
    });
    try {
      await this.#read(counted);
    } catch (error) {
      // A failed file stops the walk; the walk's own end says less.
      throw this.#failure === null ? error : this.#failure.error;
    } finally {
      stopLooking();
      // Also after a failure: nothing of this pass goes on behind it.
      this.#stop.abort(new CoreError("cancelled", {}));
      await Promise.all(this.#hashing);
    }
    await this.#parts.batch.flush();
    if ((await folderMark(this.#folder.path)) !== mark) throw this.#missing();
    await this.#removeVanished();
    return { mark, leftOut: [...this.#leftOut] };
  }

  /** A file that is open can be read on after its folder has gone. */
  async #look(mark: string): Promise<void> {
    if ((await folderMark(this.#folder.path)) === mark) return;
    this.#failure ??= { error: this.#missing() };
    this.#stop.abort(new CoreError("cancelled", {}));
  }

  /** @returns the files, unless they are too many to remember */
  async #count(mark: string): Promise<readonly WalkedFile[] | null> {
    const { path } = this.#folder;
    const counted: WalkedFile[] = [];
    for await (const file of this.#walk()) {
      this.#files++;
      this.#bytes += file.size;
      if (counted.length < KEPT_FILES) counted.push(file);
      if (this.#files % SLICE_FILES === 0)
        this.#report.total(this.#files, this.#bytes);
    }
    this.#report.total(this.#files, this.#bytes);
    if (this.#files > 0) return this.#files === counted.length ? counted : null;
    const { files } = this.#parts.files.total(this.#space);
    // Where a drive was unplugged an empty folder may be left in its place.
    if (files > 0 && mark !== this.#folder.mark) throw this.#missing();
    if (files === 0)
      throw new CoreError("folder-empty", { name: basename(path) });
    return counted;
  }

  #walk(): AsyncIterable<WalkedFile> {
    return walkFolder(this.#folder.path, {
      signal: this.#signal,
      onLeftOut: ({ path, reason }) => {
        if (reason === "litter") return;
        this.#leftOut.add(path);
        if (reason === "unreadable") this.#unreadable.add(path);
      },
    });
  }

  async #read(counted: readonly WalkedFile[] | null): Promise<void> {
    let passed = 0;
    for await (const file of counted ?? this.#walk()) {
      this.#signal.throwIfAborted();
      this.#seen.add(file.path);
      if (this.#isUnchanged(file)) {
        this.#passed(file);
        if (++passed % SLICE_FILES === 0) await breathe();
        continue;
      }
      this.#hash(file);
      while (this.#hashing.size >= HASHING_FILES) await this.#oneHashed();
      this.#throwIfFailed();
    }
    while (this.#hashing.size > 0) await this.#oneHashed();
    this.#throwIfFailed();
  }

  /** Known by size and time: not read again. Shared anew if that was cut short. */
  #isUnchanged({ path, absolutePath, size, mtimeMs }: WalkedFile): boolean {
    const known = this.#parts.holdings.at(absolutePath);
    return (
      known !== null &&
      !known.changed &&
      known.size === size &&
      known.mtimeMs === mtimeMs &&
      this.#parts.files.rootOf(this.#space, path) === known.root
    );
  }

  #hash(file: WalkedFile): void {
    const task = this.#hashOne(file)
      .catch((error: unknown) => {
        this.#failure ??= { error };
        this.#stop.abort(new CoreError("cancelled", {}));
      })
      .finally(() => {
        this.#hashing.delete(task);
        this.#hashed();
      });
    this.#hashing.add(task);
  }

  #oneHashed(): Promise<void> {
    return new Promise((resolve) => {
      this.#hashed = resolve;
    });
  }

  async #hashOne(file: WalkedFile): Promise<void> {
    let counted = 0;
    const count = (done: number): void => {
      if (done > counted) this.#report.moved(done - counted);
      this.#doneBytes += done - counted;
      counted = done;
      this.#tell();
    };
    let hashed: HashedFile;
    try {
      hashed = await this.#parts.hasher.hashFile(file.absolutePath, {
        signal: this.#signal,
        size: file.size,
        onBytes: count,
      });
    } catch (error) {
      if (
        !isCoreError(error, "file-unreadable") &&
        !isCoreError(error, "file-large")
      )
        throw error;
      this.#doneBytes += file.size - counted;
      await this.#leaveOut(file);
      return;
    }
    const { path, absolutePath } = file;
    const type = mediaType(nameOf(path), hashed.head);
    const read = { path, absolutePath, hashed, mediaType: type };
    await this.#parts.batch.add(read);
    this.#doneFiles++;
    this.#tell();
  }

  async #leaveOut({ path, absolutePath }: WalkedFile): Promise<void> {
    if ((await folderMark(this.#folder.path)) === null) throw this.#missing();
    this.#doneFiles++;
    this.#tell();
    const isGone = (await lstat(absolutePath).catch(() => null)) === null;
    if (isGone) {
      this.#seen.delete(path);
      return;
    }
    this.#leftOut.add(path);
    this.#unreadable.add(path);
  }

  #passed({ size }: WalkedFile): void {
    this.#doneFiles++;
    this.#doneBytes += size;
    this.#tell();
  }

  #tell(): void {
    // The folder may have grown since it was counted.
    if (this.#doneFiles > this.#files || this.#doneBytes > this.#bytes) {
      this.#files = Math.max(this.#files, this.#doneFiles);
      this.#bytes = Math.max(this.#bytes, this.#doneBytes);
      this.#report.total(this.#files, this.#bytes);
    }
    this.#report.done(this.#doneFiles, this.#doneBytes);
  }

  async #removeVanished(): Promise<void> {
    const { files, batch, holdings } = this.#parts;
    for await (const paths of files.paths(this.#space)) {
      this.#outer.throwIfAborted();
      const vanished = paths.filter(
        (path) => !this.#seen.has(path) && !this.#mayBeThere(path),
      );
      await batch.remove(vanished);
      holdings.removeMany(
        vanished.map((path) => join(this.#folder.path, path)),
      );
    }
    await batch.flush();
  }

  #mayBeThere(path: string): boolean {
    return (
      this.#unreadable.has(path) ||
      foldersOf(path).some((folder) => this.#unreadable.has(folder))
    );
  }

  #throwIfFailed(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }

  #missing(): CoreError<"folder-missing"> {
    return new CoreError("folder-missing", {
      name: basename(this.#folder.path),
    });
  }
}
