import { CoreError } from "#core/contract/errors.ts";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import { createSerial } from "#core/base/serial.ts";
import type { Serial } from "#core/base/serial.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Exchange } from "#core/exchange/exchange.ts";
import type { Feeds } from "#core/feeds/feeds.ts";
import type { Hasher } from "#core/files/hasher.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { Self } from "#core/self/self.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import type { Folder } from "#core/spaces/fold.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import { FolderBase } from "#core/folders/folder-base.ts";
import { addingFolderFiles } from "#core/folders/folder-files.ts";
import type { FolderFiles } from "#core/folders/folder-files.ts";
import { offerTo } from "./offering.ts";
import type { SavedFiles } from "#core/folders/saved-files.ts";
import { ShareBatch } from "./share-batch.ts";
import { SharePass } from "./share-pass.ts";
import type { FolderRead, PassPlan } from "./share-plan.ts";
import type {
  SharedFolder,
  SharedFolders,
} from "#core/folders/shared-folders.ts";
import type { StoredTransfer } from "#core/transfers/transfer-store.ts";
import type { Report } from "#core/transfers/transfer-run.ts";
import { foundCollection } from "./found-collection.ts";
import type { NewShare } from "./found-collection.ts";

export interface SharingOptions {
  readonly me: PersonId;
  readonly self: Self;
  readonly spaces: Spaces;
  readonly folder: Folder;
  readonly feeds: Feeds;
  readonly files: CollectionIndex;
  readonly shared: SharedFolders;
  readonly holdings: Holdings;
  readonly numbers: FolderFiles;
  readonly saved: SavedFiles;
  readonly hasher: Hasher;
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** A folder with so many files was read a moment ago: others begin to fetch just now. */
const MANY_FILES = 1_000;
const MOMENT_MS = 2_000;
/** Until it is looked at again, then. */
const LOOK_AGAIN_MS = 3_000;

/** Shares folders of this computer in place: nothing is copied (FI3). */
export class Sharing {
  readonly #options: SharingOptions;
  /** One reading of a folder at a time. */
  readonly #reading = new Map<SpaceId, Serial>();
  /** When all of a folder was read last, on the clock that never goes back. */
  readonly #readAt = new Map<SpaceId, number>();

  constructor(options: SharingOptions) {
    this.#options = options;
  }

  /** Makes the collection that a folder becomes; see `foundCollection`. */
  create(share: NewShare): Promise<SharedFolder> {
    return foundCollection(this.#options, share);
  }

  /** Reads the folder and shares what changed; see `SharePass.run`. */
  async run(
    { space }: StoredTransfer,
    signal: AbortSignal,
    report: Report,
  ): Promise<void> {
    const folder = this.#options.shared.get(space);
    if (folder === null) throw new CoreError("folder-missing", { name: "" });
    await this.#options.folder.settled();
    await this.#announce(folder);
    signal.throwIfAborted();
    await this.read(
      { scope: { kind: "all" }, isLive: false, mayRemoveMany: false },
      space,
      signal,
      report,
    );
  }

  /**
   * Reads the folder of a collection, or some paths of it; see `SharePass.run`.
   * Waits for a reading that is under way.
   */
  read(
    plan: Omit<PassPlan, "folder">,
    space: SpaceId,
    signal: AbortSignal,
    report: Report,
  ): Promise<FolderRead> {
    let serial = this.#reading.get(space);
    if (serial === undefined) {
      serial = createSerial();
      this.#reading.set(space, serial);
    }
    return serial(async () => {
      signal.throwIfAborted();
      const { shared, folder: blocks } = this.#options;
      await blocks.settled();
      const folder = shared.get(space);
      if (folder === null) throw new CoreError("folder-missing", { name: "" });
      if (!this.#options.spaces.mayWrite(space))
        throw new CoreError("may-not-write", {});
      const isMine = this.#isMine(space);
      const me = isMine ? null : this.#options.me;
      const base = new FolderBase(this.#options, folder, me);
      base.lookIfNew();
      const batch = this.#batch(space, base);
      const parts = { ...this.#options, batch, base };
      const pass = new SharePass(parts, { ...plan, folder }, signal, report);
      const read = await pass.run();
      this.#noteRead(folder, plan, read);
      return read;
    });
  }

  /** Whether I founded it: a folder may take part in a collection of somebody else. */
  #isMine(space: SpaceId): boolean {
    const { me, self } = this.#options;
    return self.state.peek().holds.get(space)?.charter.founder === me;
  }

  #batch(space: SpaceId, base: FolderBase): ShareBatch {
    const { spaces, clock, holdings, numbers } = this.#options;
    return new ShareBatch({
      clock,
      log: spaces.ownLogOf(space),
      async writeDown(news, counted) {
        const others = addingFolderFiles(space, counted);
        if (news.length > 0) await holdings.addManyInThread(news, [others]);
        else numbers.addMany(space, counted);
      },
      write: (entries) => this.#write(space, entries),
      base,
    });
  }

  /**
   * How long a look at all of a folder may wait: right after it was read, those
   * who fetch it need the disk and the processor more.
   */
  lookAgainAfterMs(space: SpaceId): number {
    const { clock, files } = this.#options;
    const readAt = this.#readAt.get(space);
    if (readAt === undefined || clock.monotonic() - readAt > MOMENT_MS)
      return 0;
    return files.total(space).files < MANY_FILES ? 0 : LOOK_AGAIN_MS;
  }

  /** After some paths, what is known of the others stays. */
  #noteRead(
    { space, leftOut }: SharedFolder,
    { scope }: Omit<PassPlan, "folder">,
    read: FolderRead,
  ): void {
    const { shared } = this.#options;
    if (scope.kind === "all") {
      this.#readAt.set(space, this.#options.clock.monotonic());
      shared.setRead(space, read.mark, read.leftOut);
      shared.setGone(space, read.gone);
      return;
    }
    const looked = new Set(scope.paths);
    const again = new Set(read.leftOut.map(({ path }) => path));
    const others = leftOut.filter(
      ({ path }) => !looked.has(path) && !again.has(path),
    );
    shared.setRead(space, read.mark, [...others, ...read.leftOut]);
    if (read.gone > 0) shared.setGone(space, read.gone);
  }

  /** Tells the audience of a collection, or takes that back. */
  async setOffered(space: SpaceId, isOffered: boolean): Promise<void> {
    const { shared, self } = this.#options;
    const folder = shared.get(space);
    const link = self.state.peek().holds.get(space);
    if (folder === null || link === undefined || !this.#isMine(space)) return;
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
    this.#readAt.delete(space);
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
    if (!this.#isMine(space)) return;
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

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder) && /^[/\\]/.test(path.slice(folder.length));
}
