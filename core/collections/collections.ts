import { lstat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as v from "valibot";
import { CoreError } from "#core/contract/errors.ts";
import { transferIdSchema } from "#core/contract/ids.ts";
import type {
  FileRoot,
  GrantId,
  SpaceId,
  TransferId,
} from "#core/contract/ids.ts";
import type { MethodInput, MethodOutput } from "#core/contract/methods.ts";
import type {
  CollectionPage,
  CollectionRow,
  Transfer,
} from "#core/contract/collection-models.ts";
import { randomId } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Signal } from "#core/base/state.ts";
import { encodeLink } from "#core/contacts/link.ts";
import { DEFAULT_EXCLUDES } from "#core/files/excludes.ts";
import type { SeenOffer } from "#core/feeds/model.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import { createParts } from "./collection-parts.ts";
import type { CollectionParts } from "./collection-parts.ts";
import type { CollectionsOptions } from "./collections-options.ts";
import { OwnFolders } from "./own-folders.ts";
import type { KeptVersion } from "#core/versions/kept-versions.ts";
import type { PageParams } from "./collection-views.ts";
import type { SavedPlace } from "#core/folders/saved-files.ts";
import { choosePlace } from "#core/folders/saved-place.ts";
import { Selection } from "#core/listing/selection.ts";
import type { NewShare } from "./sharing.ts";
import type { StoredTransfer } from "#core/transfers/transfer-store.ts";
import type { ListedFile } from "#core/listing/collection-index.ts";
import type { DamagedFiles } from "./damaged-files.ts";
import { createUpkeep } from "#core/upkeep/upkeep-parts.ts";
import type { Upkeep } from "#core/upkeep/upkeep.ts";
import type { TwoWay } from "#core/taking-part/two-way.ts";

/** Folders shared in place, and files of others that land as ordinary files. */
export class Collections implements Resource {
  readonly #options: CollectionsOptions;
  readonly #parts: CollectionParts;
  readonly #ownFolders: OwnFolders;
  readonly #keeping: ReturnType<typeof createUpkeep>;

  constructor(options: CollectionsOptions) {
    this.#options = options;
    this.#parts = createParts(options, (place, file) => {
      this.#mend(place, file);
    });
    this.#ownFolders = new OwnFolders({
      ...options,
      ...this.#parts,
      readAnew: (space) => {
        this.#update(space);
      },
    });
    this.#keeping = this.#parts.closers.add(
      createUpkeep(options, {
        ...this.#parts,
        begin: (space, paths) => this.#begin(space, paths),
        checkPlace: (space) => this.#placeFor(space, null),
        check: (space) => {
          this.#link(space);
        },
      }),
    );
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
    this.#link(collection);
    if (how === "again") this.damaged.mendOwn(collection, path);
    else {
      this.damaged.accept(collection, path);
      this.#update(collection);
    }
  }

  /** What stays on this computer, what comes by itself, and what goes. */
  get upkeep(): Upkeep {
    return this.#keeping.upkeep;
  }

  /** Goes on with what an earlier run of the app left; every space is held by now. */
  async start(): Promise<void> {
    const { following, missing, live, transfers, reconcile } = this.#parts;
    await following.start();
    await missing.look();
    reconcile();
    this.#parts.twoWay.start();
    await this.#keeping.start();
    transfers.start();
    this.#goOnSharing();
    live.start();
  }

  /** A first sharing that was cut short before it was written down as a transfer. */
  #goOnSharing(): void {
    const { shared, transfers, views } = this.#parts;
    const listed = views.listed();
    const { holds } = this.#options.self.state.peek();
    for (const { space, isOffered } of shared.all()) {
      if (isOffered || transfers.openOf(space).length > 0) continue;
      if (listed.get(space)?.charter.founder === this.#options.me)
        this.#add(space, "sharing", { isFirst: true });
      else if (!holds.has(space)) shared.remove(space);
    }
  }

  close(): Promise<void> {
    return this.#parts.closers.close();
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

  /** Earlier versions whose bytes are kept, oldest first; they take room. */
  versionsKept(): readonly Pick<KeptVersion, "root" | "size" | "at">[] {
    return this.#parts.twoWay.kept.list();
  }

  /** Lets the bytes of an earlier version go. */
  dropVersion(root: FileRoot): Promise<void> {
    return this.#parts.twoWay.kept.drop(root);
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

  /** Offers what an audience was offered again, in the feed that has just begun for it. */
  repeatOffers(audience: "contacts" | "link"): Promise<void> {
    return this.#parts.sharing.repeatOffers(audience);
  }

  /** @throws `not-found`, `folder-missing`, `folder-unreadable`, `folder-empty`, `disk-full` */
  async shareFolder({
    folder,
    title,
    about,
    audience,
    excludes = DEFAULT_EXCLUDES,
  }: MethodInput<"shareFolder">): Promise<MethodOutput<"shareFolder">> {
    const { path } = this.#options.grants.resolve(folder);
    const share = { path, title, about, audience, excludes, only: null };
    return await this.#share(share);
  }

  /** @throws `not-found`, `files-apart`, `folder-missing`, `folder-empty`, `disk-full` */
  async shareFiles({
    files,
    title,
    about,
    audience,
  }: MethodInput<"shareFiles">): Promise<MethodOutput<"shareFiles">> {
    const granted = files.map((it) => this.#options.grants.resolve(it));
    const paths = granted.map((it) => it.path);
    const [path = "", ...others] = new Set(paths.map((it) => dirname(it)));
    // Where they lie says more of a computer than anybody meant to; what a
    // browser handed over lies nowhere.
    const isUpload = granted.some((it) => it.isUpload);
    if (others.length > 0 || isUpload) throw new CoreError("files-apart", {});
    const only = [...new Set(paths.map((it) => basename(it)))];
    // Chosen by hand is chosen.
    const excludes = { hidden: false, temporary: false, patterns: [] };
    const called = title.trim() === "" ? (only[0] ?? "") : title;
    return await this.#share({
      path,
      title: called,
      about,
      audience,
      excludes,
      only,
    });
  }

  /** What the person says about folders of theirs. */
  get ownFolders(): OwnFolders {
    return this.#ownFolders;
  }

  async #share(share: NewShare): Promise<MethodOutput<"shareFolder">> {
    const { space } = await this.#parts.sharing.create(share);
    const transfer = this.#add(space, "sharing", { isFirst: true });
    return { collection: space, transfer };
  }

  /** @throws `not-found` for what is no collection of mine on this computer */
  // Not async by itself, but a throw must become a rejection.
  async updateCollection({
    collection,
  }: MethodInput<"updateCollection">): Promise<
    MethodOutput<"updateCollection">
  > {
    const { shared } = this.#parts;
    this.#link(collection);
    if (shared.get(collection) === null)
      throw new CoreError("not-found", { what: "folder" });
    return { transfer: this.#update(collection) };
  }

  /** One reading at a time: a second one goes on with the first. */
  #update(collection: SpaceId): TransferId {
    const { transfers } = this.#parts;
    const open = transfers
      .openOf(collection)
      .find(({ direction }) => direction === "sharing");
    if (open === undefined) return this.#add(collection, "sharing", {});
    if (open.stage !== "running") transfers.retry(open.transfer);
    return open.transfer;
  }

  /** @throws `not-found` */
  async removeCollection({
    collection,
    removed,
  }: MethodInput<"removeCollection">): Promise<void> {
    const { following, sharing } = this.#parts;
    if (!this.#options.self.state.peek().holds.has(collection))
      throw new CoreError("not-found", { what: "collection" });
    if (removed) await sharing.setOffered(collection, false);
    await following.setRemoved(collection, removed);
    if (!removed) await sharing.setOffered(collection, true);
  }

  /** @throws `not-found` */
  async collectionLink({
    collection,
  }: MethodInput<"collectionLink">): Promise<MethodOutput<"collectionLink">> {
    const { charter, readKey } = this.#link(collection);
    if (charter.kind !== "collection")
      throw new CoreError("not-found", { what: "collection" });
    const link = encodeLink({
      kind: "collection",
      founder: charter.founder,
      nonce: Buffer.from(charter.nonce, "hex"),
      policy: charter.policy,
      readKey,
      title: this.#parts.views.title(collection),
      hints: this.#options.addresses().slice(0, 8),
    });
    return { link };
  }

  /** @throws `not-found`, `folder-missing` (also when none was ever chosen), `folder-unreadable` */
  async download({
    collection,
    paths,
    folder,
  }: MethodInput<"download">): Promise<MethodOutput<"download">> {
    const { files } = this.#parts;
    this.#link(collection);
    const total = new Selection(paths).total(files, collection);
    if (total.files === 0) throw new CoreError("not-found", { what: "files" });
    const place = await this.#placeFor(collection, folder);
    // Whoever asks for it takes back that it was let go.
    this.#options.keeping.marks.takeBack(collection, paths);
    const transfer = this.#add(collection, "receiving", {
      destination: place.destination,
      paths,
      files: { done: 0, total: total.files },
      bytes: { done: 0, total: total.bytes },
    });
    return { transfer };
  }

  /** @throws `not-found`, `file-away` */
  async openFile({
    collection,
    path,
    how,
  }: MethodInput<"openFile">): Promise<void> {
    const { desktop } = this.#options;
    this.#link(collection);
    for (const found of this.#pathsOf(collection, path)) {
      if ((await lstat(found).catch(() => null)) === null) continue;
      if (how === "open") await desktop.open(found);
      else await desktop.show(found);
      return;
    }
    throw new CoreError("file-away", {});
  }

  /** @throws `not-found` */
  pauseTransfer(input: MethodInput<"pauseTransfer">): Promise<void> {
    return this.#parts.transfers.setPaused(input.transfer, input.paused);
  }

  /** Stops a transfer. A folder that was being shared for the first time is no collection then. @throws `not-found` */
  async cancelTransfer({
    transfer,
  }: MethodInput<"cancelTransfer">): Promise<void> {
    const { transfers } = this.#parts;
    const known = transfers.open().find((it) => it.transfer === transfer);
    // A rule that stands would begin it anew at once.
    if (known?.reason === "rule") this.upkeep.endRule(known.space);
    await transfers.cancel(transfer);
  }

  /** @throws `not-found` */
  async retryTransfer(input: MethodInput<"retryTransfer">): Promise<void> {
    this.#parts.transfers.retry(input.transfer);
  }

  clearTransfers(): Promise<void> {
    this.#parts.transfers.clear();
    return Promise.resolve();
  }

  /** @throws `not-found` for what is not on the list */
  #link(collection: SpaceId): SpaceLink {
    const link = this.#parts.views.listed().get(collection);
    if (link === undefined)
      throw new CoreError("not-found", { what: "collection" });
    return link;
  }

  /** Where a file may lie on this computer, or a folder, or the whole collection. */
  #pathsOf(collection: SpaceId, path: string): readonly string[] {
    const { files, views, shared, saved } = this.#parts;
    const file = files.file(collection, path);
    if (file !== null) return views.pathsOf(collection, file);
    if (path !== "" && files.folder(collection, path) === null)
      throw new CoreError("not-found", { what: "file" });
    const own = shared.get(collection);
    const places = saved.placesOf(collection);
    // Folders of others may have another name here; then their top is shown.
    const inPlaces = places.flatMap(({ base, name }) => {
      const top = join(base, name);
      return path === "" ? [top] : [join(top, path), top];
    });
    return own === null ? inPlaces : [join(own.path, path), ...inPlaces];
  }

  /** Where files of a collection are put: the folder given, the one they were put into before, or the chosen one. */
  async #placeFor(
    collection: SpaceId,
    folder: GrantId | null,
  ): Promise<SavedPlace> {
    const { grants, settings } = this.#options;
    const { views, saved } = this.#parts;
    const chosen =
      folder === null ? settings.downloadFolder : grants.resolve(folder).path;
    if (chosen === null) throw new CoreError("folder-missing", { name: "" });
    return choosePlace(saved, collection, chosen, views.title(collection));
  }

  /** Begins the transfer that brings a damaged file again. */
  #mend({ space, destination }: SavedPlace, file: ListedFile): void {
    this.#add(space, "receiving", {
      destination,
      paths: [file.path],
      files: { done: 0, total: 1 },
      bytes: { done: 0, total: file.size },
    });
  }

  /** Begins the one transfer that brings what rules and marks of a collection ask for. */
  async #begin(space: SpaceId, paths: readonly string[]): Promise<void> {
    const [known] = this.#parts.saved.placesOf(space);
    const place = known ?? (await this.#placeFor(space, null));
    const total = new Selection(paths).total(this.#parts.files, space);
    this.#add(space, "receiving", {
      reason: "rule",
      destination: place.destination,
      paths,
      files: { done: 0, total: total.files },
      bytes: { done: 0, total: total.bytes },
    });
  }

  #add(
    space: SpaceId,
    direction: StoredTransfer["direction"],
    more: Partial<Omit<StoredTransfer, "place">>,
  ): TransferId {
    const { clock, random } = this.#options;
    const { transfers, views } = this.#parts;
    const transfer = v.parse(transferIdSchema, randomId(random));
    transfers.add({
      transfer,
      direction,
      space,
      title: views.title(space),
      stage: "running",
      problem: null,
      destination: null,
      paths: [],
      isFirst: false,
      reason: "asked",
      files: { done: 0, total: 0 },
      bytes: { done: 0, total: 0 },
      startedAt: clock.now(),
      endedAt: null,
      ...more,
    });
    return transfer;
  }
}
