import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import type { MethodInput, MethodOutput } from "#core/contract/methods.ts";
import type {
  CollectionPage,
  CollectionRow,
  Transfer,
} from "#core/contract/collection-models.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Signal } from "#core/base/state.ts";
import type { SeenOffer } from "#core/feeds/model.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import { Beginnings } from "./beginnings.ts";
import { cancelTransfer } from "./cancel-transfer.ts";
import { Giving } from "./giving.ts";
import { onTheList } from "./on-the-list.ts";
import { openFile } from "./open-file.ts";
import { OpenedFiles } from "./opened-files.ts";
import { createParts } from "./collection-parts.ts";
import type { CollectionParts } from "./collection-parts.ts";
import type { CollectionsOptions } from "./collections-options.ts";
import { saveCopies } from "./save-copies.ts";
import { OwnFolders } from "./own-folders.ts";
import type { PageParams } from "./collection-views.ts";
import type { DamagedFiles } from "./damaged-files.ts";
import { createUpkeep } from "#core/upkeep/upkeep-parts.ts";
import type { Upkeep } from "#core/upkeep/upkeep.ts";
import type { TwoWay } from "#core/taking-part/two-way.ts";

/** Folders shared in place, and files of others that land as ordinary files. */
export class Collections implements Resource {
  readonly #options: CollectionsOptions;
  readonly #parts: CollectionParts;
  readonly #beginnings: Beginnings;
  readonly #giving: Giving;
  readonly #ownFolders: OwnFolders;
  /** What was opened gets its place. */
  readonly opened: OpenedFiles;
  readonly #keeping: ReturnType<typeof createUpkeep>;

  constructor(options: CollectionsOptions) {
    this.#options = options;
    this.#parts = createParts(options, (place, file) => {
      this.#beginnings.mend(place, file);
    });
    this.#beginnings = new Beginnings(options, this.#parts);
    this.#giving = new Giving(options, this.#parts, this.#beginnings);
    this.opened = this.#parts.closers.add(
      new OpenedFiles({
        ...options,
        ...this.#parts,
        room: options.keeping.room,
        isOthers: (space) =>
          this.#parts.shared.get(space) === null &&
          this.#parts.views.listed().has(space),
        newPlace: (space) => this.#beginnings.placeFor(space, null),
      }),
    );
    this.#ownFolders = new OwnFolders({
      ...options,
      ...this.#parts,
      readAnew: (space) => {
        this.#beginnings.readFolder(space);
      },
    });
    this.#keeping = this.#parts.closers.add(
      createUpkeep(options, {
        ...this.#parts,
        kept: this.#parts.twoWay.kept,
        begin: (space, paths) => this.#beginnings.byRule(space, paths),
        checkPlace: (space) => this.#beginnings.placeFor(space, null),
        check: (space) => {
          onTheList(this.#parts.views, space);
        },
      }),
    );
  }

  /** Content is shown in the window; see `LastOpened`. */
  shown(root: FileRoot): void {
    this.#parts.lastOpened.shown(root);
  }

  /** Files that rotted on this disk. */
  get damaged(): DamagedFiles {
    return this.#parts.damaged;
  }

  /**
   * Gets a damaged file of an own folder again, or lets what lies there count
   * as a new version.
   * @throws `not-found`
   */
  async mendFile({
    collection,
    path,
    how,
  }: MethodInput<"mendFile">): Promise<void> {
    onTheList(this.#parts.views, collection);
    if (how === "again") this.damaged.mendOwn(collection, path);
    else {
      this.damaged.accept(collection, path);
      this.#beginnings.readFolder(collection);
    }
  }

  /** Undoes what an earlier call answered with a name for it. */
  async undo({ undo }: MethodInput<"undo">): Promise<MethodOutput<"undo">> {
    return { undone: await this.#parts.undos.undo(undo) };
  }

  /** What stays on this computer, what comes by itself, and what goes. */
  get upkeep(): Upkeep {
    return this.#keeping.upkeep;
  }

  /** Goes on with what an earlier run of the app left; every space is held by now. */
  async start(): Promise<void> {
    const { following, missing, live, transfers } = this.#parts;
    await following.start();
    await missing.look();
    this.#parts.reconcile();
    this.#parts.lookAround();
    this.#parts.twoWay.start();
    await this.#keeping.start();
    transfers.start();
    this.#beginnings.goOn();
    live.start();
  }

  close(): Promise<void> {
    return this.#parts.closers.close();
  }

  /** Something was noted about these paths of a collection. */
  noted(space: SpaceId, paths: Iterable<string>): void {
    this.#parts.twoWay.flow.touch(space, paths);
    this.#parts.removedFiles.touch(space);
  }

  /** Fires when a list, a page or a transfer may look different; four times a second at most. */
  get changed(): Signal {
    return this.#parts.changed;
  }

  /** Collections that are held and on the list. */
  listed(): ReadonlyMap<SpaceId, SpaceLink> {
    return this.#parts.views.listed();
  }

  /** Whether a folder is being read or files are being fetched. */
  get isBusy(): boolean {
    return this.#parts.transfers.isRunning;
  }

  /** Who writes, versions of files, and what settles them. */
  get twoWay(): TwoWay {
    return this.#parts.twoWay;
  }

  /** Every collection on the list, newest change first. */
  list(): readonly CollectionRow[] {
    return this.#parts.views.list();
  }

  /** A window of a collection; null when it is not on the list. */
  page(params: PageParams): CollectionPage | null {
    return this.#parts.views.page(params);
  }

  /** Newest first. */
  transfers(): readonly Transfer[] {
    return this.#parts.transferViews.list();
  }

  /** Holds collections that feeds and conversations offer, and lets withdrawn ones go. */
  onOffers(seen: readonly SeenOffer[]): Promise<void> {
    return this.#parts.following.onOffers(seen);
  }

  /** Puts a collection on the list whose link was opened. */
  follow(link: SpaceLink, title: string): Promise<void> {
    return this.#parts.following.follow(link, title);
  }

  /** Lets a collection go that was followed for somebody else. */
  unfollow(space: SpaceId): Promise<void> {
    return this.#parts.following.unfollow(space);
  }

  /** Offers what an audience was offered again, in the feed that has just begun for it. */
  repeatOffers(audience: "contacts" | "link"): Promise<void> {
    return this.#parts.sharing.repeatOffers(audience);
  }

  /** Shares a folder of mine where it lies. @throws as `Giving` */
  shareFolder(
    input: MethodInput<"shareFolder">,
  ): Promise<MethodOutput<"shareFolder">> {
    return this.#giving.shareFolder(input);
  }

  /** Shares chosen files of one folder. @throws as `Giving` */
  shareFiles(
    input: MethodInput<"shareFiles">,
  ): Promise<MethodOutput<"shareFiles">> {
    return this.#giving.shareFiles(input);
  }

  /** What the person says about folders of theirs. */
  get ownFolders(): OwnFolders {
    return this.#ownFolders;
  }

  /** Reads a folder of mine anew. @throws `not-found` */
  updateCollection(
    input: MethodInput<"updateCollection">,
  ): Promise<MethodOutput<"updateCollection">> {
    return this.#giving.updateCollection(input);
  }

  /** Takes a collection off the list, or puts it back. @throws `not-found` */
  removeCollection(input: MethodInput<"removeCollection">): Promise<void> {
    return this.#giving.removeCollection(input);
  }

  /** A link that opens a collection. @throws `not-found` */
  collectionLink(
    input: MethodInput<"collectionLink">,
  ): Promise<MethodOutput<"collectionLink">> {
    return this.#giving.collectionLink(input);
  }

  /** Begins to fetch files. @throws `not-found`, `folder-missing`, `folder-unreadable` */
  download(input: MethodInput<"download">): Promise<MethodOutput<"download">> {
    return this.#beginnings.download(input);
  }

  /** Puts copies where the person chose. @throws as `saveCopies` */
  saveCopies(
    input: MethodInput<"saveCopies">,
  ): Promise<MethodOutput<"saveCopies">> {
    return saveCopies(this.#parts, this.#options.grants, input);
  }

  /** Opens a file with the desktop, or shows where it lies. @throws `not-found`, `file-away`, `no-other-app` */
  openFile(input: MethodInput<"openFile">): Promise<void> {
    return openFile(this.#parts, this.#options.desktop, input);
  }

  /** @throws `not-found` */
  pauseTransfer(input: MethodInput<"pauseTransfer">): Promise<void> {
    return this.#parts.transfers.setPaused(input.transfer, input.paused);
  }

  /** Stops a transfer. @throws `not-found` */
  cancelTransfer(
    input: MethodInput<"cancelTransfer">,
  ): Promise<MethodOutput<"cancelTransfer">> {
    return cancelTransfer(this.#parts, this.upkeep, input);
  }

  /** @throws `not-found` */
  async retryTransfer(input: MethodInput<"retryTransfer">): Promise<void> {
    this.#parts.transfers.retry(input.transfer);
  }

  clearTransfers(): Promise<void> {
    this.#parts.transfers.clear();
    return Promise.resolve();
  }
}
