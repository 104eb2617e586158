import { rm } from "node:fs/promises";
import { join } from "node:path";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Fetcher } from "#core/fetching/fetch.ts";
import type { Hasher } from "#core/files/hasher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { People } from "#core/people/people.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import { placeOf } from "#core/folders/folder-base.ts";
import type { NotedFile, PutContent } from "#core/listing/file-heads.ts";
import { isAsLeft } from "#core/versions/kept-versions.ts";
import type { KeptVersions } from "#core/versions/kept-versions.ts";
import { ensurePlace } from "#core/folders/own-place.ts";
import { placeCopy } from "#core/folders/place-copy.ts";
import type { SavedFiles, SavedPlace } from "#core/folders/saved-files.ts";
import type { SharedFolder } from "#core/folders/shared-folders.ts";
import { versionPath } from "#core/versions/version-name.ts";

/** A folder that files are received into. */
interface IntoFolder {
  readonly fetcher: Pick<Fetcher, "fetch">;
  newTemp(): string;
  /** Puts whole files in place. @returns what could not be placed */
  place(
    wholes: readonly {
      readonly file: ListedFile;
      readonly temp: string;
      readonly list: Buffer;
    }[],
  ): Promise<readonly unknown[]>;
}

/** Opens a folder that files are received into, for as long as somebody works with it. */
export interface ReceivesInto {
  use(
    place: SavedPlace,
    work: (folder: IntoFolder) => Promise<void>,
  ): Promise<void>;
}

export interface BesideFilesOptions {
  readonly files: CollectionIndex;
  readonly saved: SavedFiles;
  readonly holdings: Holdings;
  readonly hasher: Hasher;
  readonly people: People;
  readonly receiving: ReceivesInto;
  readonly kept: KeptVersions;
  readonly founderOf: (space: SpaceId) => PersonId | null;
  readonly logger: Logger;
}

/** A version of mine, and the one that took its name. */
export interface GivenBack {
  readonly own: NotedFile;
  readonly lying: NotedFile;
}

/** A version on its way. */
interface Coming {
  readonly space: SpaceId;
  readonly path: string;
  readonly root: FileRoot;
  /** Whether it gets the file's own name back. */
  readonly isBack: boolean;
  readonly stop: AbortController;
  ended: Promise<void>;
}

/**
 * Versions of a file that stand beside the one that lies in a folder of mine:
 * each under a name of its own, so that neither takes the other's place (EN5).
 * They go again when the two are settled, unless the person touched them.
 */
export class BesideFiles implements Resource {
  readonly #options: BesideFilesOptions;
  readonly #coming = new Set<Coming>();

  constructor(options: BesideFilesOptions) {
    this.#options = options;
  }

  /** Sees to it that exactly these versions lie beside a file. */
  async see(
    space: SpaceId,
    folder: SharedFolder,
    path: string,
    versions: readonly NotedFile[],
  ): Promise<void> {
    const { saved } = this.#options;
    const wanted = new Map(
      versions.flatMap((it) =>
        it.content === null ? [] : [[it.content.root, it] as const],
      ),
    );
    const here = [...this.#coming].filter(
      (it) => it.space === space && it.path === path,
    );
    const stopped = here.filter((it) => it.isBack || !wanted.has(it.root));
    for (const { stop } of stopped) stop.abort(new CoreError("cancelled", {}));
    // What is stopped gives its name back, and another may get it.
    await Promise.all(stopped.map(({ ended }) => ended));
    const known = placeOf(saved, folder);
    if (known !== null)
      for (const { name, root } of saved.beside(known.destination, path)) {
        if (!wanted.delete(root)) await this.#remove(space, known, name);
      }
    for (const it of here) if (!stopped.includes(it)) wanted.delete(it.root);
    if (wanted.size === 0) return;
    const place = ensurePlace(saved, folder);
    if (place === null) return;
    for (const version of wanted.values())
      if (version.content !== null)
        this.#run(space, path, version.content, false, (signal) =>
          this.#bring(space, place, path, version, signal),
        );
  }

  /**
   * Gives a version of mine the file's name back, which somebody else's took
   * while the two were settled. That one lies beside it before it loses the
   * name; what the person changed meanwhile keeps it.
   */
  giveBack(
    space: SpaceId,
    folder: SharedFolder,
    path: string,
    { own, lying }: GivenBack,
  ): void {
    const { saved } = this.#options;
    const { content } = own;
    const isComing = [...this.#coming].some(
      (it) => it.isBack && it.space === space && it.path === path,
    );
    const place = ensurePlace(saved, folder);
    if (content === null || place === null || isComing) return;
    this.#run(space, path, content, true, async (signal) => {
      if (!(await this.#bring(space, place, path, lying, signal))) return;
      await this.#put(place, fileOf(path, own, content), signal);
    });
  }

  async close(): Promise<void> {
    const coming = [...this.#coming];
    for (const { stop } of coming) stop.abort(new CoreError("cancelled", {}));
    await Promise.all(coming.map(({ ended }) => ended));
  }

  #run(
    space: SpaceId,
    path: string,
    { root }: PutContent,
    isBack: boolean,
    work: (signal: AbortSignal) => Promise<unknown>,
  ): void {
    const stop = new AbortController();
    const ended = Promise.resolve();
    const coming: Coming = { space, path, root, isBack, stop, ended };
    this.#coming.add(coming);
    coming.ended = work(stop.signal)
      .catch((error: unknown) => {
        // Nobody has it, the folder went away: the next look tries again.
        if (!isCoreError(error)) throw error;
      })
      .then(() => undefined)
      .finally(() => {
        this.#coming.delete(coming);
      });
    this.#options.logger.background("version beside", coming.ended);
  }

  /** @returns whether a version lies beside its file now */
  async #bring(
    space: SpaceId,
    place: SavedPlace,
    path: string,
    version: NotedFile,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { founderOf, saved } = this.#options;
    const { destination } = place;
    const { content, person, time } = version;
    const who = person ?? founderOf(space);
    if (content === null || who === null) return false;
    const { root } = content;
    if (saved.beside(destination, path).some((it) => it.root === root))
      return true;
    const name = this.#freeName(space, place, path, who, time[0]);
    // Known as such before it lies there: nobody takes it for a file of the person's.
    saved.addBeside(destination, path, { name, root });
    try {
      await this.#put(place, fileOf(name, version, content), signal);
    } finally {
      if (saved.file(destination, name) === null)
        saved.removeBeside(destination, name);
    }
    return saved.isBeside(destination, name);
  }

  async #put(
    place: SavedPlace,
    file: ListedFile,
    signal: AbortSignal,
  ): Promise<void> {
    const { receiving, holdings, hasher } = this.#options;
    await receiving.use(place, async (folder) => {
      signal.throwIfAborted();
      const copied = await placeCopy(
        { holdings, hasher, folder },
        file,
        signal,
      );
      if (copied !== null) return;
      await folder.fetcher.fetch(file, {
        signal,
        take: async ({ path: temp, list }) => {
          await folder.place([{ file, temp, list }]);
        },
      });
    });
  }

  #freeName(
    space: SpaceId,
    { destination }: SavedPlace,
    path: string,
    person: PersonId,
    at: number,
  ): string {
    const { files, saved, people } = this.#options;
    const { name } = people.label(person);
    for (let number = 1; ; number++) {
      const free = versionPath(path, name, at, number);
      if (files.file(space, free) !== null) continue;
      if (saved.file(destination, free) === null) return free;
    }
  }

  /** Takes a version away that does not stand any more, and keeps its bytes as an earlier one. */
  async #remove(
    space: SpaceId,
    place: SavedPlace,
    name: string,
  ): Promise<void> {
    const { saved, kept, holdings, files } = this.#options;
    const { destination } = place;
    saved.removeBeside(destination, name);
    const lies = saved.file(destination, name);
    // Settled by giving it this very name: then it is a file of the collection.
    if (lies === null || files.file(space, name)?.root === lies.root) return;
    const absolutePath = join(place.base, place.name, ...lies.parts);
    const { path, root, size, mtimeMs } = lies;
    const version = { path, root, size, mtimeMs, absolutePath };
    if (!(await isAsLeft(version))) return;
    await kept.keep(space, version);
    await rm(absolutePath, { force: true });
    saved.removeFiles(destination, [name]);
    holdings.remove(absolutePath);
  }
}

function fileOf(
  path: string,
  { person }: NotedFile,
  content: PutContent,
): ListedFile {
  return {
    ...content,
    path,
    isHere: false,
    person,
    versions: 1,
    isRemoved: false,
  };
}
