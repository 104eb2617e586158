import { lstat } from "node:fs/promises";
import { basename, join } from "node:path";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import { breathe } from "#core/base/breathe.ts";
import { slices } from "#core/base/slices.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { HashedFile, Hasher } from "#core/files/hasher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import { mediaType } from "#core/naming/media-type.ts";
import type { WalkedFile } from "#core/files/walk.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import { nameOf } from "#core/listing/file-paths.ts";
import type { FolderBase } from "#core/folders/folder-base.ts";
import type { FolderFiles } from "#core/folders/folder-files.ts";
import { FolderLook } from "#core/folders/folder-look.ts";
import { KnownContent } from "./known-content.ts";
import { PassProgress } from "./pass-progress.ts";
import { standingOf } from "#core/folders/same-folder.ts";
import type { ShareBatch } from "./share-batch.ts";
import type { FolderRead, PassPlan } from "./share-plan.ts";
import { folderMark } from "#core/folders/shared-folders.ts";
import type { SharedFolder } from "#core/folders/shared-folders.ts";
import type { Report } from "#core/transfers/transfer-run.ts";

export interface SharePassParts {
  readonly files: CollectionIndex;
  readonly holdings: Holdings;
  readonly numbers: FolderFiles;
  readonly hasher: Hasher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly batch: ShareBatch;
  /** Which versions the files of the folder were made from. */
  readonly base: FolderBase;
}

/** While files are read, the folder itself is looked for this often. */
const LOOK_MS = 2_000;
/** Files given to the hasher and not answered yet. */
const HASHING_FILES = 256;
/** A folder of so many files is walked once: what was counted is remembered. */
const KEPT_FILES = 20_000;
/** Files passed by, unchanged, before others get their turn. */
const SLICE_FILES = 500;
/** So many files gone at once, and more than half of all, are asked about first. */
const MANY_FILES = 20;
/** A file may still be written that was written to so lately. */
const FRESH_MS = 2_000;

/**
 * Reads the folder of a collection once and shares what is new or changed; what
 * vanished is removed, what has another name is moved (FI9). Nothing is copied
 * (FI3). A folder that is not there, or goes away midway, ends it and removes
 * nothing.
 */
export class SharePass {
  readonly #parts: SharePassParts;
  readonly #plan: PassPlan;
  readonly #folder: SharedFolder;
  readonly #space: SpaceId;
  readonly #outer: AbortSignal;
  readonly #signal: AbortSignal;
  readonly #progress: PassProgress;
  readonly #look: FolderLook;
  readonly #stop = new AbortController();
  readonly #hashing = new Set<Promise<void>>();
  readonly #unsettled: string[] = [];
  #hashed: () => void = () => undefined;
  #failure: { readonly error: unknown } | null = null;

  constructor(
    parts: SharePassParts,
    plan: PassPlan,
    signal: AbortSignal,
    report: Report,
  ) {
    this.#parts = parts;
    this.#plan = plan;
    this.#folder = plan.folder;
    this.#space = plan.folder.space;
    this.#outer = signal;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
    this.#progress = new PassProgress(report);
    this.#look = new FolderLook(plan.folder, plan.scope, parts.files);
  }

  /**
   * @throws `folder-missing`, `folder-unreadable`, `folder-empty` when there is
   *   nothing to share at all, `disk-full`, or the reason of the signal
   */
  async run(): Promise<FolderRead> {
    const mark = await folderMark(this.#folder.path);
    const standing = await standingOf(this.#folder, this.#parts.files);
    if (mark === null || standing !== "there") throw this.#missing();
    const known = await KnownContent.of(this.#parts, this.#folder);
    const counted = this.#plan.isLive ? null : await this.#count();
    const stopLooking = this.#parts.clock.every(LOOK_MS, () => {
      this.#parts.logger.background("sharing", this.#lookFor(mark));
    });
    try {
      await this.#read(counted, known);
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
    const gone = await this.#removeVanished(known.moved);
    const { leftOut, closed, hasUnreadable } = this.#look;
    const unsettled = this.#unsettled;
    return { mark, leftOut, closed, hasUnreadable, gone, unsettled };
  }

  /** A file that is open can be read on after its folder has gone. */
  async #lookFor(mark: string): Promise<void> {
    if ((await folderMark(this.#folder.path)) === mark) return;
    this.#failure ??= { error: this.#missing() };
    this.#stop.abort(new CoreError("cancelled", {}));
  }

  /** @returns the files, unless they are too many to remember */
  async #count(): Promise<readonly WalkedFile[] | null> {
    const progress = this.#progress;
    const counted: WalkedFile[] = [];
    for await (const file of this.#look.walk(this.#signal)) {
      progress.count(file.size);
      if (counted.length < KEPT_FILES) counted.push(file);
      if (progress.files % SLICE_FILES === 0) progress.tellTotal();
    }
    progress.tellTotal();
    if (progress.files > 0)
      return progress.files === counted.length ? counted : null;
    if (this.#parts.files.total(this.#space).files === 0)
      throw new CoreError("folder-empty", {
        name: basename(this.#folder.path),
      });
    return counted;
  }

  async #read(
    counted: readonly WalkedFile[] | null,
    known: KnownContent,
  ): Promise<void> {
    const files = counted ?? this.#look.walk(this.#signal);
    for await (const slice of slices(files, SLICE_FILES)) {
      await this.#readSome(slice, known);
      await breathe();
    }
    while (this.#hashing.size > 0) await this.#oneHashed();
    this.#throwIfFailed();
  }

  async #readSome(
    files: readonly WalkedFile[],
    known: KnownContent,
  ): Promise<void> {
    const unchanged = known.unchangedOf(files);
    for (const file of files) {
      this.#signal.throwIfAborted();
      if (!this.#look.saw(file.path)) continue;
      const asListed = unchanged.get(file.path);
      if (asListed !== undefined || known.isUnchanged(file)) {
        if (!this.#plan.isLive) this.#progress.passed(file.size);
        const isNumbered = asListed?.isNumbered ?? !known.isUnnumbered(file);
        if (!isNumbered) await this.#parts.batch.note(file);
        continue;
      }
      if (this.#mayBeWritten(file)) {
        this.#unsettled.push(file.path);
        continue;
      }
      if (this.#plan.isLive) this.#progress.found(file.size);
      this.#hash(file, known);
      while (this.#hashing.size >= HASHING_FILES) await this.#oneHashed();
      this.#throwIfFailed();
    }
  }

  /** Paths that settled were left alone for long enough; of the others the time of the file tells. */
  #mayBeWritten({ mtimeMs }: WalkedFile): boolean {
    if (!this.#plan.isLive || !this.#look.isWhole) return false;
    const age = this.#parts.clock.now() - mtimeMs;
    return age >= 0 && age < FRESH_MS;
  }

  #hash(file: WalkedFile, known: KnownContent): void {
    const task = this.#hashOne(file, known)
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

  async #hashOne(file: WalkedFile, known: KnownContent): Promise<void> {
    const { path, absolutePath, ino } = file;
    const found = await known.find(file);
    const hashed = found?.hashed ?? (await this.#readOne(file));
    if (hashed === null) return;
    if (found !== null) this.#progress.passed(file.size);
    const from = found?.from ?? (await known.fromOf(path, hashed.root));
    const type = mediaType(nameOf(path), hashed.head);
    const read = { path, absolutePath, hashed, mediaType: type, ino, from };
    await this.#parts.batch.add(read);
  }

  /** Null when it could not be read, or went away. */
  async #readOne(file: WalkedFile): Promise<HashedFile | null> {
    const one = this.#progress.begin(file.size);
    try {
      const hashed = await this.#parts.hasher.hashFile(file.absolutePath, {
        signal: this.#signal,
        size: file.size,
        onBytes: one.at,
      });
      one.end();
      return hashed;
    } catch (error) {
      if (
        !isCoreError(error, "file-unreadable") &&
        !isCoreError(error, "file-large")
      )
        throw error;
    }
    if ((await folderMark(this.#folder.path)) === null) throw this.#missing();
    one.end();
    const isGone = (await lstat(file.absolutePath).catch(() => null)) === null;
    if (isGone) this.#look.lost(file.path);
    else this.#look.couldNotRead(file.path);
    return null;
  }

  /** @returns how many are gone and were not removed */
  async #removeVanished(moved: ReadonlySet<string>): Promise<number> {
    const chosen: string[] = [];
    const lost: string[] = [];
    for await (const paths of this.#look.vanished())
      for (const path of paths) {
        // Others may have shared it, and it has not come here yet.
        if (moved.has(path) || !this.#parts.base.wasHere(path)) continue;
        if (this.#look.isChosenOut(path)) chosen.push(path);
        else if (await this.#parts.base.isGone(path)) lost.push(path);
      }
    await this.#remove(chosen);
    const { files: total } = this.#parts.files.total(this.#space);
    const isMany = lost.length >= MANY_FILES && lost.length > total / 2;
    if (!isMany || this.#plan.mayRemoveMany) await this.#remove(lost);
    await this.#parts.batch.flush();
    this.#forget([...moved]);
    return isMany && !this.#plan.mayRemoveMany ? lost.length : 0;
  }

  async #remove(paths: readonly string[]): Promise<void> {
    for (let at = 0; at < paths.length; at += SLICE_FILES) {
      this.#outer.throwIfAborted();
      const some = paths.slice(at, at + SLICE_FILES);
      await this.#parts.batch.remove(some);
      this.#forget(some);
      await breathe();
    }
  }

  /** Forgets where files lay. */
  #forget(paths: readonly string[]): void {
    if (paths.length === 0) return;
    const { holdings, numbers } = this.#parts;
    holdings.removeMany(paths.map((path) => join(this.#folder.path, path)));
    numbers.removeMany(this.#space, paths);
    this.#parts.base.forget(paths);
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
