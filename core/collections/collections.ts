import { lstat } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { CoreError } from "#core/contract/errors.ts";
import { transferIdSchema } from "#core/contract/ids.ts";
import type { SpaceId, TransferId } from "#core/contract/ids.ts";
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
import type { SeenOffer } from "#core/feeds/model.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import { createParts } from "./collection-parts.ts";
import type {
  CollectionParts,
  CollectionsOptions,
} from "./collection-parts.ts";
import type { PageParams } from "./collection-views.ts";
import { choosePlace } from "./saved-place.ts";
import { Selection } from "./selection.ts";
import type { StoredTransfer } from "./transfer-store.ts";

/** Folders shared in place, and files of others that land as ordinary files. */
export class Collections implements Resource {
  readonly #options: CollectionsOptions;
  readonly #parts: CollectionParts;

  constructor(options: CollectionsOptions) {
    this.#options = options;
    this.#parts = createParts(options);
  }

  /** Goes on with what an earlier run of the app left; every space is held by now. */
  async start(): Promise<void> {
    const { following, missing, transfers, reconcile } = this.#parts;
    await following.start();
    await missing.look();
    reconcile();
    transfers.start();
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
  }: MethodInput<"shareFolder">): Promise<MethodOutput<"shareFolder">> {
    const { path } = this.#options.grants.resolve(folder);
    const { sharing } = this.#parts;
    const made = await sharing.create(path, title, about, audience);
    const transfer = this.#add(made.space, "sharing", { isFirst: true });
    return { collection: made.space, transfer };
  }

  /** @throws `not-found` for what is no collection of mine on this computer */
  // Not async by itself, but a throw must become a rejection.
  async updateCollection({
    collection,
  }: MethodInput<"updateCollection">): Promise<
    MethodOutput<"updateCollection">
  > {
    const { shared, transfers } = this.#parts;
    this.#link(collection);
    if (shared.get(collection) === null)
      throw new CoreError("not-found", { what: "folder" });
    // One reading at a time: a second one goes on with the first.
    const open = transfers
      .openOf(collection)
      .find(({ direction }) => direction === "sharing");
    if (open === undefined)
      return { transfer: this.#add(collection, "sharing", {}) };
    if (open.stage !== "running") transfers.retry(open.transfer);
    return { transfer: open.transfer };
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
    const { grants, settings } = this.#options;
    const { views, saved, files } = this.#parts;
    this.#link(collection);
    const chosen =
      folder === null ? settings.downloadFolder : grants.resolve(folder).path;
    if (chosen === null) throw new CoreError("folder-missing", { name: "" });
    const total = new Selection(paths).total(files, collection);
    if (total.files === 0) throw new CoreError("not-found", { what: "files" });
    const title = views.title(collection);
    const place = await choosePlace(saved, collection, chosen, title);
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
  cancelTransfer(input: MethodInput<"cancelTransfer">): Promise<void> {
    return this.#parts.transfers.cancel(input.transfer);
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

  #add(
    space: SpaceId,
    direction: StoredTransfer["direction"],
    more: Partial<StoredTransfer>,
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
      files: { done: 0, total: 0 },
      bytes: { done: 0, total: 0 },
      startedAt: clock.now(),
      endedAt: null,
      ...more,
    });
    return transfer;
  }
}
