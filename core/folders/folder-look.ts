import type { CollectionIndex } from "#core/listing/collection-index.ts";
import { foldersOf } from "#core/listing/file-paths.ts";
import type { SharedFolder } from "./shared-folders.ts";
import { createExcludes } from "#core/files/excludes.ts";
import type { Excludes } from "#core/files/excludes.ts";
import { walkFolder } from "#core/files/walk.ts";
import type { LeftOut, LeftOutReason, WalkedFile } from "#core/files/walk.ts";
import { walkSome } from "#core/files/walk-some.ts";
import type { Settled } from "#core/watching/pending-paths.ts";

/** Left out because the person, or everybody, wants it so: no news to anybody. */
const EXPECTED: ReadonlySet<LeftOutReason> = new Set([
  "litter",
  "hidden",
  "temporary",
  "pattern",
]);
/** Kept in mind: what the system's watch must not, or need not, enter. */
const CLOSED_MAX = 200;

/** Looks through the folder of a collection, or at some paths of it, and keeps in mind what it saw. */
export class FolderLook {
  readonly #folder: SharedFolder;
  readonly #scope: Settled;
  readonly #files: CollectionIndex;
  readonly #excludes: Excludes;
  readonly #only: ReadonlySet<string> | null;
  readonly #seen = new Set<string>();
  readonly #leftOut = new Map<string, LeftOut>();
  readonly #closed = new Set<string>();
  /** May still be there, though it could not be read: not taken for vanished. */
  readonly #unreadable = new Set<string>();

  constructor(folder: SharedFolder, scope: Settled, files: CollectionIndex) {
    this.#folder = folder;
    this.#files = files;
    this.#excludes = createExcludes(folder.excludes);
    this.#only = folder.only === null ? null : new Set(folder.only);
    this.#scope = scope;
  }

  /** Whether everything was looked at. */
  get isWhole(): boolean {
    return this.#scope.kind === "all";
  }

  /** What is not shared although nobody chose so. */
  get leftOut(): readonly LeftOut[] {
    return [...this.#leftOut.values()];
  }

  /** Paths that are not looked into, the first of them. */
  get closed(): readonly string[] {
    return [...this.#closed];
  }

  /** Whether something could not be read. */
  get hasUnreadable(): boolean {
    return this.#unreadable.size > 0;
  }

  /** Every file that is to be shared. */
  async *walk(signal: AbortSignal): AsyncGenerator<WalkedFile> {
    const { path: folder } = this.#folder;
    const options = {
      signal,
      excludes: this.#excludes,
      onLeftOut: (entry: LeftOut): void => {
        this.#leave(entry);
      },
    };
    const paths = this.#paths();
    yield* paths === null
      ? walkFolder(folder, options)
      : walkSome(folder, paths, options);
  }

  /** @returns false when it was seen before: a path may be told along with its folder */
  saw(path: string): boolean {
    if (this.#seen.has(path)) return false;
    this.#seen.add(path);
    return true;
  }

  /** It went away after it was seen. */
  lost(path: string): void {
    this.#seen.delete(path);
  }

  couldNotRead(path: string): void {
    this.#leave({ path, reason: "unreadable" });
  }

  /** Whether a path is left out by choice. */
  isChosenOut(path: string): boolean {
    if (this.#only?.has(path) === false) return true;
    return this.#excludes.covers(path);
  }

  /** Listed files of what was looked at that are not there, in slices. */
  async *vanished(): AsyncGenerator<readonly string[]> {
    for await (const listed of this.#listed())
      yield listed.filter(
        (path) => !this.#seen.has(path) && !this.#mayBeThere(path),
      );
  }

  async *#listed(): AsyncGenerator<readonly string[]> {
    const { space } = this.#folder;
    if (this.#scope.kind === "all") {
      yield* this.#files.paths(space);
      return;
    }
    const told = new Set<string>();
    for (const path of this.#scope.paths) {
      const one = this.#files.file(space, path) === null ? [] : [path];
      for await (const below of this.#files.filesBelow(space, path))
        yield fresh(below.map((file) => file.path));
      yield fresh(one);
    }
    function fresh(paths: readonly string[]): readonly string[] {
      const some = paths.filter((path) => !told.has(path));
      for (const path of some) told.add(path);
      return some;
    }
  }

  /** Null for everything. */
  #paths(): readonly string[] | null {
    const scope = this.#scope;
    const only = this.#only;
    if (scope.kind === "all") return only === null ? null : [...only];
    return only === null
      ? scope.paths
      : scope.paths.filter((path) => only.has(path));
  }

  #leave(entry: LeftOut): void {
    const { path, reason } = entry;
    if (!EXPECTED.has(reason)) this.#leftOut.set(path, entry);
    if (reason === "unreadable") this.#unreadable.add(path);
    if (this.#closed.size < CLOSED_MAX) this.#closed.add(path);
  }

  #mayBeThere(path: string): boolean {
    return (
      this.#unreadable.has(path) ||
      foldersOf(path).some((folder) => this.#unreadable.has(folder))
    );
  }
}
