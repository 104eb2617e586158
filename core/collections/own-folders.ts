import { lstat } from "node:fs/promises";
import { basename, join } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { MethodInput, MethodOutput } from "#core/contract/methods.ts";
import type { StateParams } from "#core/contract/states.ts";
import type { SharePreview } from "#core/contract/watching-models.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import { createState } from "#core/base/state.ts";
import type { State } from "#core/base/state.ts";
import { createExcludes } from "#core/files/excludes.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { NewHolding } from "#core/files/model.ts";
import type { Grants } from "#core/grants/grants.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import { copyInto } from "./copy-into.ts";
import type { LiveFolders } from "./live-folders.ts";
import type { MissingFolders } from "#core/folders/missing-folders.ts";
import { holdsFilesOf } from "#core/folders/same-folder.ts";
import { sharePreview } from "./share-preview.ts";
import { folderMark } from "#core/folders/shared-folders.ts";
import type {
  SharedFolder,
  SharedFolders,
} from "#core/folders/shared-folders.ts";

export interface OwnFoldersOptions {
  readonly shared: SharedFolders;
  readonly files: CollectionIndex;
  readonly holdings: Holdings;
  readonly live: LiveFolders;
  readonly missing: MissingFolders;
  readonly grants: Grants;
  /** Reads a folder anew, as a transfer, where nobody watches it. */
  readonly readAnew: (space: SpaceId) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

const NOTHING_LEFT_OUT = { hidden: false, temporary: false, patterns: [] };
/** Files looked at beside each other. */
const TOGETHER = 64;

/** What a person says about the folders of their own collections. */
export class OwnFolders {
  readonly #options: OwnFoldersOptions;

  constructor(options: OwnFoldersOptions) {
    this.#options = options;
  }

  /** What sharing a folder would share; see the state of this name. */
  preview({
    folder,
    excludes,
  }: StateParams<"sharePreview">): State<SharePreview | null> {
    const { grants, shared, files, clock, logger } = this.#options;
    if (folder.kind === "collection") {
      const own = shared.get(folder.collection);
      if (own === null) return createState(null);
      return sharePreview({
        folder: own.path,
        excludes,
        shared: { space: own.space, files },
        clock,
        logger,
      });
    }
    const { path } = grants.resolve(folder.grant);
    return sharePreview({
      folder: path,
      excludes,
      shared: null,
      clock,
      logger,
    });
  }

  /** @throws `not-found` */
  async setOptions({
    collection,
    live,
    excludes,
  }: MethodInput<"setFolderOptions">): Promise<void> {
    const own = this.#get(collection);
    this.#options.shared.setOptions(collection, live, excludes);
    this.#options.live.restart(collection);
    const isSame = JSON.stringify(own.excludes) === JSON.stringify(excludes);
    // Nobody watches: the new choice has to reach others all the same.
    if (!live && !isSame) this.#options.readAnew(collection);
  }

  /**
   * The folder lies somewhere else now. Files that are unchanged are not read again.
   * @throws `not-found`, `folder-missing`; `folder-other` when it holds other files
   */
  async find({ collection, folder }: MethodInput<"findFolder">): Promise<void> {
    const { shared, files, live, missing, grants } = this.#options;
    const own = this.#get(collection);
    const { path } = grants.resolve(folder);
    const name = basename(path);
    const mark = await folderMark(path);
    if (mark === null) throw new CoreError("folder-missing", { name });
    const isIt =
      mark === own.mark || (await holdsFilesOf(collection, path, files));
    if (!isIt) throw new CoreError("folder-other", { name });
    await this.#carryOver(own, path);
    shared.setPath(collection, path, mark);
    await missing.look();
    live.restart(collection);
    if (!own.live) this.#options.readAnew(collection);
  }

  /** @throws `not-found` */
  async removeGone({ collection }: MethodInput<"removeGone">): Promise<void> {
    this.#get(collection);
    if (!this.#options.live.removeGone(collection))
      throw new CoreError("not-found", { what: "watched folder" });
  }

  /** @throws `not-found`, `folder-missing`, `folder-unreadable`, `disk-full` */
  async copyInto({
    collection,
    grants,
    excludes = NOTHING_LEFT_OUT,
  }: MethodInput<"copyIntoFolder">): Promise<MethodOutput<"copyIntoFolder">> {
    const own = this.#get(collection);
    const sources = grants.map((it) => this.#options.grants.resolve(it));
    const { copied, names } = await copyInto(
      own.path,
      sources,
      createExcludes(excludes),
    );
    for (const it of grants) await this.#options.grants.release(it);
    if (own.only !== null)
      this.#options.shared.setOnly(collection, [
        ...new Set([...own.only, ...names]),
      ]);
    if (own.only !== null) this.#options.live.restart(collection);
    else this.#options.live.look(collection);
    if (!own.live) this.#options.readAnew(collection);
    return { copied };
  }

  #get(space: SpaceId): SharedFolder {
    const own = this.#options.shared.get(space);
    if (own === null) throw new CoreError("not-found", { what: "folder" });
    return own;
  }

  /** What is known of files at their old place holds at the new one, when they look the same. */
  async #carryOver({ path: old }: SharedFolder, path: string): Promise<void> {
    const { holdings } = this.#options;
    const known = holdings
      .listOf(old)
      .filter(({ origin, changed }) => origin === "mine" && !changed);
    for (let at = 0; at < known.length; at += TOGETHER) {
      const some = known.slice(at, at + TOGETHER);
      const seen = await Promise.all(
        some.map((it) => lstat(moved(it.absolutePath)).catch(() => null)),
      );
      const news = some.flatMap((it, index): NewHolding | [] => {
        const now = seen[index];
        const isSame =
          now?.isFile() === true &&
          now.size === it.size &&
          now.mtimeMs === it.mtimeMs;
        if (!isSame) return [];
        const absolutePath = moved(it.absolutePath);
        const list = holdings.list(it.root) ?? Buffer.alloc(0);
        return { holding: { ...it, absolutePath }, list };
      });
      holdings.addMany(news);
    }
    function moved(absolutePath: string): string {
      return join(path, absolutePath.slice(old.length));
    }
  }
}
