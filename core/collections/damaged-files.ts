import { copyFile, constants, rm, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Random } from "#core/base/random.ts";
import { chunkCount } from "#core/files/chunks.ts";
import type { ContentStore } from "#core/fetching/content-store.ts";
import { leftovers } from "#core/fetching/fetch-part.ts";
import type { Hasher } from "#core/files/hasher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { KnownHolding } from "#core/files/holdings-rows.ts";
import type { Holding } from "#core/files/model.ts";
import { copyForPlacing } from "#core/files/place-copy.ts";
import { cleanIncoming, openDestination } from "#core/files/place-folder.ts";
import type { Placer } from "#core/files/placer.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import type { SavedFiles, SavedPlace } from "#core/folders/saved-files.ts";
import type { SharedFolders } from "#core/folders/shared-folders.ts";

export interface DamagedFilesOptions {
  readonly files: CollectionIndex;
  readonly saved: SavedFiles;
  readonly shared: SharedFolders;
  readonly holdings: Holdings;
  readonly hasher: Hasher;
  readonly placer: Placer;
  readonly random: Random;
  readonly logger: Logger;
  /** Whether a transfer of a collection brings this file already. */
  readonly isComing: (space: SpaceId, path: string) => boolean;
  /** Begins a transfer of one file. */
  readonly begin: (place: SavedPlace, file: ListedFile) => void;
  /** Brings a copy of content into the app's own folder; waits for somebody who has it. */
  readonly content: Pick<ContentStore, "ensure">;
  readonly onChange: () => void;
}

/** A damaged file of a collection. */
export interface DamagedFile {
  readonly space: SpaceId;
  readonly path: string;
  readonly holding: KnownHolding;
  /** Where it was put; null for a folder of the person's own. */
  readonly place: SavedPlace | null;
}

/** Files of collections that rotted on this disk (FI15): which they are, and getting them again. */
export class DamagedFiles implements Resource {
  readonly #options: DamagedFilesOptions;
  /** Files of own folders that are being got again. */
  readonly #mending = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(options: DamagedFilesOptions) {
    this.#options = options;
  }

  /** Damaged files of one collection. */
  of(space: SpaceId): readonly DamagedFile[] {
    return this.#options.holdings.damaged().flatMap((holding) => {
      const found = this.find(holding);
      return found?.space === space ? [found] : [];
    });
  }

  /** Which file of a collection this is; null when it is none, or an older version of one. */
  find(holding: KnownHolding): DamagedFile | null {
    const { files, saved, shared } = this.#options;
    const { absolutePath, root } = holding;
    for (const { space, path: top } of shared.all()) {
      const path = below(top, absolutePath);
      if (path === null || files.rootOf(space, path) !== root) continue;
      return { space, path, holding, place: null };
    }
    for (const place of saved.places()) {
      const parts = below(join(place.base, place.name), absolutePath);
      const path =
        parts === null ? null : saved.pathOf(place.destination, parts);
      if (path === null || files.rootOf(place.space, path) !== root) continue;
      return { space: place.space, path, holding, place };
    }
    return null;
  }

  /** Whether a damaged file is being got again. */
  isComing({ space, path, holding }: DamagedFile): boolean {
    return (
      this.#mending.has(holding.absolutePath) ||
      this.#options.isComing(space, path)
    );
  }

  /**
   * Begins to get a downloaded file again. What of it is good is kept, so that
   * only the damaged parts come over a line.
   */
  async fetchSaved(damaged: KnownHolding): Promise<void> {
    const { files, isComing, begin } = this.#options;
    const found = this.find(damaged);
    if (found === null || found.place === null) return;
    if (isComing(found.space, found.path)) return;
    const file = files.file(found.space, found.path);
    if (file === null) return;
    await this.#keepGoodParts(found.place, damaged);
    begin(found.place, file);
  }

  /**
   * Gets a file in a folder of the person's own again, and puts it in the place
   * of the damaged one. Answers at once; it waits for somebody who has it.
   * @throws `not-found` when it is not damaged
   */
  mendOwn(space: SpaceId, path: string): void {
    const found = this.of(space).find((it) => it.path === path);
    if (found === undefined || found.place !== null)
      throw new CoreError("not-found", { what: "file" });
    const { absolutePath } = found.holding;
    if (this.#mending.has(absolutePath)) return;
    const mending = this.#mendOwn(found)
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) throw error;
      })
      .finally(() => {
        this.#mending.delete(absolutePath);
        this.#options.onChange();
      });
    this.#mending.set(absolutePath, mending);
    this.#options.logger.background("mending", mending);
    this.#options.onChange();
  }

  /**
   * Counts what lies there as what the person wants, and not as damage: the next
   * reading of the folder shares it.
   * @throws `not-found` when it is not damaged
   */
  accept(space: SpaceId, path: string): void {
    const found = this.of(space).find((it) => it.path === path);
    if (found === undefined || found.place !== null)
      throw new CoreError("not-found", { what: "file" });
    this.#options.holdings.markChanged(found.holding);
  }

  async close(): Promise<void> {
    this.#stop.abort(new CoreError("cancelled", {}));
    await Promise.allSettled(this.#mending.values());
  }

  async #mendOwn({ space, path, holding }: DamagedFile): Promise<void> {
    const { shared, holdings, content, hasher, random, placer } = this.#options;
    const top = shared.get(space)?.path;
    if (top === undefined) return;
    const { root, size, chunkSize, mtimeMs } = holding;
    const isElsewhere = holdings.has(root);
    const kept = await content.ensure(root, this.#stop.signal);
    if (kept === null) return;
    const destination = await openDestination(top);
    try {
      const temp = await copyForPlacing(kept, destination, hasher, random);
      const [result] = await placer.place(destination, [
        {
          temp,
          parts: path.split("/"),
          content: { root, size, chunkSize },
          changedAt: mtimeMs,
          // Written meanwhile by the person: then theirs stays.
          known: { size, mtimeMs },
        },
      ]);
      if (result?.kind !== "placed") throw result?.error;
      const { placed } = result;
      if (placed.absolutePath === holding.absolutePath)
        holdings.add(
          {
            root,
            size,
            chunkSize,
            absolutePath: placed.absolutePath,
            mtimeMs: placed.mtimeMs,
            origin: holding.origin,
          },
          holdings.list(root) ?? Buffer.alloc(0),
        );
    } finally {
      await cleanIncoming(destination, new Set());
      if (!isElsewhere) await this.#drop(kept);
    }
  }

  /** Removes the copy that was fetched to mend another one. */
  async #drop({ absolutePath, origin }: Holding): Promise<void> {
    if (origin !== "attachment") return;
    this.#options.holdings.remove(absolutePath);
    await rm(absolutePath, { force: true });
  }

  async #keepGoodParts(
    { base, name }: SavedPlace,
    damaged: KnownHolding,
  ): Promise<void> {
    const { holdings } = this.#options;
    const list = holdings.list(damaged.root);
    if (chunkCount(damaged.size) === 1 || list === null) return;
    const { incoming } = await openDestination(join(base, name));
    const [part, listPath] = leftovers(incoming, damaged);
    try {
      const flags = constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL;
      await copyFile(damaged.absolutePath, part, flags);
      await writeFile(listPath, list);
    } catch {
      // No room for two, or a part the disk cannot read: then all of it comes anew.
      await rm(part, { force: true });
    }
  }
}

/** A path inside a folder, with slashes; null when it is not inside. */
function below(top: string, absolutePath: string): string | null {
  if (!absolutePath.startsWith(top + sep)) return null;
  return absolutePath
    .slice(top.length + 1)
    .split(sep)
    .join("/");
}
