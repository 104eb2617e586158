import { basename } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { ShareAudience } from "#core/contract/methods.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Exchange } from "#core/files/exchange.ts";
import type { Feeds } from "#core/feeds/feeds.ts";
import type { Hasher } from "#core/files/hasher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import { walkFolder } from "#core/files/walk.ts";
import type { Self } from "#core/self/self.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import { newNonce, newReadKey, spaceIdOf } from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { Folder } from "#core/spaces/fold.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { CollectionIndex } from "./collection-index.ts";
import { offerTo } from "./offering.ts";
import { ShareBatch } from "./share-batch.ts";
import { SharePass } from "./share-pass.ts";
import { folderMark } from "./shared-folders.ts";
import type { SharedFolder, SharedFolders } from "./shared-folders.ts";
import type { StoredTransfer } from "./transfer-store.ts";
import type { Report } from "./transfer-run.ts";

export interface SharingOptions {
  readonly me: PersonId;
  readonly self: Self;
  readonly spaces: Spaces;
  readonly folder: Folder;
  readonly feeds: Feeds;
  readonly files: CollectionIndex;
  readonly shared: SharedFolders;
  readonly holdings: Holdings;
  readonly hasher: Hasher;
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** Shares folders of this computer in place: nothing is copied (FI3). */
export class Sharing {
  readonly #options: SharingOptions;

  constructor(options: SharingOptions) {
    this.#options = options;
  }

  /**
   * Makes the collection that a folder becomes. Nothing of it is read yet.
   * @throws `folder-missing`, `folder-unreadable`, `folder-empty`
   */
  async create(
    path: string,
    title: string,
    about: string,
    audience: ShareAudience,
  ): Promise<SharedFolder> {
    const { me, random, spaces, self, shared } = this.#options;
    const name = basename(path);
    const mark = await folderMark(path);
    if (!(await hasFiles(path))) throw new CoreError("folder-empty", { name });
    const link: SpaceLink = {
      charter: {
        v: 1,
        kind: "collection",
        policy: "closed",
        founder: me,
        nonce: newNonce(random),
      },
      readKey: newReadKey(random),
    };
    const space = spaceIdOf(link.charter);
    const trimmed = title.trim();
    const folder: SharedFolder = {
      space,
      path,
      mark: mark ?? "",
      title: trimmed === "" ? name : trimmed,
      about: about.trim(),
      audience,
      isOffered: false,
      leftOut: [],
    };
    await self.append({ type: "hold", link });
    await spaces.hold(link);
    shared.add(folder);
    return folder;
  }

  /** Reads the folder and shares what changed; see `SharePass.run`. */
  async run(
    { space }: StoredTransfer,
    signal: AbortSignal,
    report: Report,
  ): Promise<void> {
    const { shared, folder: blocks, clock, holdings, files } = this.#options;
    const folder = shared.get(space);
    if (folder === null) throw new CoreError("folder-missing", { name: "" });
    await blocks.settled();
    await this.#announce(folder);
    signal.throwIfAborted();
    const write = (entries: readonly RawEntry[]): Promise<void> =>
      this.#write(space, entries);
    const batch = new ShareBatch({ space, files, holdings, clock, write });
    const pass = new SharePass(
      { ...this.#options, batch },
      folder,
      signal,
      report,
    );
    const { mark, leftOut } = await pass.run();
    shared.setRead(space, mark, leftOut);
  }

  /** Tells the audience of a collection, or takes that back. */
  async setOffered(space: SpaceId, isOffered: boolean): Promise<void> {
    const { shared, self } = this.#options;
    const folder = shared.get(space);
    const link = self.state.peek().holds.get(space);
    if (folder === null || link === undefined) return;
    const { audience, title } = folder;
    await offerTo(this.#options, audience, link, title, isOffered);
    shared.setOffered(space, isOffered);
  }

  /** Offers every collection of mine for an audience again, in the feed that has just begun. */
  async repeatOffers(audience: "contacts" | "link"): Promise<void> {
    const { removedCollections } = this.#options.self.state.peek();
    for (const folder of this.#options.shared.all())
      if (
        folder.isOffered &&
        folder.audience.kind === audience &&
        !removedCollections.has(folder.space)
      )
        await this.setOffered(folder.space, true);
  }

  /** Takes everything back that sharing a folder brought about; the folder itself is not touched. */
  async undo(space: SpaceId): Promise<void> {
    const { self, spaces, folder, shared } = this.#options;
    const own = shared.get(space);
    if (own?.isOffered === true) await this.setOffered(space, false);
    await self.append({ type: "drop", space });
    await folder.settled();
    await spaces.drop(space);
    shared.remove(space);
    if (own !== null) this.#letGo(own.path);
  }

  /** Forgets where files of a folder lie, unless another collection of mine has them too. */
  #letGo(path: string): void {
    const { shared, holdings } = this.#options;
    const others = shared.all().map((it) => it.path);
    holdings.removeMany(
      holdings
        .listOf(path)
        .filter(
          ({ origin, absolutePath }) =>
            origin === "mine" &&
            !others.some((other) => isInside(absolutePath, other)),
        )
        .map(({ absolutePath }) => absolutePath),
    );
  }

  async #announce({ space, title, about }: SharedFolder): Promise<void> {
    const { files, shared } = this.#options;
    const described = files.described(space);
    if (described?.title !== title || described.about !== about)
      await this.#write(space, [{ type: "describe", title, about }]);
    if (shared.get(space)?.isOffered === false)
      await this.setOffered(space, true);
  }

  async #write(space: SpaceId, entries: readonly RawEntry[]): Promise<void> {
    await this.#options.spaces.append(space, entries);
    this.#options.exchange.tell([space]);
  }
}

async function hasFiles(path: string): Promise<boolean> {
  for await (const file of walkFolder(path)) return file.size >= 0;
  return false;
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder) && /^[/\\]/.test(path.slice(folder.length));
}
