import { constants } from "node:fs";
import { open, statfs } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import type { HashedFile } from "#core/files/hasher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { KnownHolding } from "#core/files/holdings-rows.ts";
import { HEAD_BYTES } from "#core/naming/media-type.ts";
import type { WalkedFile } from "#core/files/walk.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { FolderBase } from "#core/folders/folder-base.ts";
import type { FolderFiles } from "#core/folders/folder-files.ts";
import { isGone } from "#core/folders/is-gone.ts";
import type { SharedFolder } from "#core/folders/shared-folders.ts";

export interface KnownContentParts {
  readonly files: CollectionIndex;
  readonly holdings: Holdings;
  readonly numbers: FolderFiles;
  readonly base: Pick<FolderBase, "isUnchanged" | "isNew" | "plainRoots">;
}

/** Content that need not be read again. */
export interface Known {
  readonly hashed: HashedFile;
  /** The path that lost it, when it was only given another name. */
  readonly from: string | null;
}

/**
 * Disks that give a file another number each time they are plugged in, or
 * whose numbers are made up by a program: FAT, exFAT, FUSE.
 */
const NUMBERED_ANEW = new Set([0x4d44, 0x2011bab0, 0x65735546]);

/** Tells what of a folder is known already: by size, time, and the number its disk gives a file. */
export class KnownContent {
  readonly #parts: KnownContentParts;
  readonly #folder: SharedFolder;
  readonly #space: SpaceId;
  readonly #hasNumbers: boolean;
  /** Paths that gave their content to another one in this reading. */
  readonly #moved = new Set<string>();

  private constructor(
    parts: KnownContentParts,
    folder: SharedFolder,
    hasNumbers: boolean,
  ) {
    this.#parts = parts;
    this.#folder = folder;
    this.#space = folder.space;
    this.#hasNumbers = hasNumbers;
  }

  static async of(
    parts: KnownContentParts,
    folder: SharedFolder,
  ): Promise<KnownContent> {
    const disk = await statfs(folder.path).catch(() => null);
    // Linux names its disks by these; other systems have other numbers for theirs.
    const isAnew =
      process.platform === "linux" &&
      disk !== null &&
      NUMBERED_ANEW.has(disk.type >>> 0);
    return new KnownContent(parts, folder, !isAnew);
  }

  /** Paths that others took the content of; they are off the list by then. */
  get moved(): ReadonlySet<string> {
    return this.#moved;
  }

  /**
   * Those of many files that are as `isUnchanged` wants them, as far as that can
   * be told in a few questions about all; and whether their numbers are noted.
   */
  unchangedOf(
    walked: readonly WalkedFile[],
  ): ReadonlyMap<string, { readonly isNumbered: boolean }> {
    const { holdings, numbers, base } = this.#parts;
    const unchanged = new Map<string, { readonly isNumbered: boolean }>();
    if (base.isNew) return unchanged;
    const paths = walked.map(({ path }) => path);
    const roots = base.plainRoots(paths);
    const written = holdings.asWritten(walked);
    const inos = this.#hasNumbers ? numbers.inosOf(this.#space, paths) : null;
    for (const { path, absolutePath, ino } of walked) {
      const root = roots.get(path);
      if (root === undefined || written.get(absolutePath) !== root) continue;
      const number = inos?.get(path) ?? null;
      if (number === null || number === String(ino))
        unchanged.set(path, { isNumbered: inos === null || number !== null });
    }
    return unchanged;
  }

  /** Whether the listed version of a file is the one that lies there. */
  isUnchanged(file: WalkedFile): boolean {
    const { path, absolutePath, size, mtimeMs, ino } = file;
    const { holdings, files, numbers, base } = this.#parts;
    if (base.isNew) return false;
    const isAsLeft = base.isUnchanged(file);
    if (isAsLeft !== null) return isAsLeft;
    const known = holdings.at(absolutePath);
    if (
      known === null ||
      // What is damaged was not written by anybody: it is no new version.
      (known.changed && !known.damaged) ||
      known.size !== size ||
      known.mtimeMs !== mtimeMs ||
      files.rootOf(this.#space, path) !== known.root
    )
      return false;
    if (!this.#hasNumbers) return true;
    const number = numbers.inoOf(this.#space, path);
    return number === null || number === String(ino);
  }

  /** Whether a file that is unchanged should have its number noted. */
  isUnnumbered({ path }: WalkedFile): boolean {
    return (
      this.#hasNumbers && this.#parts.numbers.inoOf(this.#space, path) === null
    );
  }

  /** What a file holds, when it had another name and nobody wrote to it since (FI9); null when it has to be read. */
  async find(file: WalkedFile): Promise<Known | null> {
    if (!this.#hasNumbers || this.#parts.base.isNew) return null;
    const { holdings, numbers } = this.#parts;
    for (const path of numbers.pathsOf(this.#space, file.ino)) {
      if (path === file.path) continue;
      const known = holdings.at(join(this.#folder.path, path));
      if (known === null || !this.#isSame(path, known, file)) continue;
      const list = holdings.list(known.root);
      if (list === null && known.size > known.chunkSize) continue;
      const { size, mtimeMs } = file;
      const { root, chunkSize } = known;
      const head = await readHead(file.absolutePath);
      if (head === null) return null;
      const from = (await this.#isGone(path)) ? this.#take(path) : null;
      return {
        hashed: {
          root,
          size,
          mtimeMs,
          chunkSize,
          list: list ?? Buffer.alloc(0),
          head,
        },
        from,
      };
    }
    return null;
  }

  /** The listed path that had this content and is not there any more: a new file was it, then. */
  async fromOf(path: string, root: FileRoot): Promise<string | null> {
    const { files, holdings, base } = this.#parts;
    if (base.isNew) return null;
    if (files.file(this.#space, path) !== null) return null;
    for (const { absolutePath } of holdings.find(root)) {
      const old = relative(this.#folder.path, absolutePath)
        .split(sep)
        .join("/");
      if (old === path || old.startsWith("../")) continue;
      if (files.rootOf(this.#space, old) !== root) continue;
      if (await this.#isGone(old)) return this.#take(old);
    }
    return null;
  }

  #take(path: string): string | null {
    if (this.#moved.has(path)) return null;
    this.#moved.add(path);
    return path;
  }

  #isSame(path: string, known: KnownHolding, file: WalkedFile): boolean {
    return (
      !known.changed &&
      known.size === file.size &&
      known.mtimeMs === file.mtimeMs &&
      this.#parts.files.rootOf(this.#space, path) === known.root
    );
  }

  #isGone(path: string): Promise<boolean> {
    return isGone(this.#folder.path, path.split("/"));
  }
}

// A link is not followed, a pipe does not block; Windows has neither flag.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function readHead(path: string): Promise<Uint8Array | null> {
  const file = await open(path, FLAGS).catch(() => null);
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(HEAD_BYTES),
      0,
      HEAD_BYTES,
      0,
    );
    return buffer.subarray(0, bytesRead);
  } catch {
    return null;
  } finally {
    await file.close();
  }
}
