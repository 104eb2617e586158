import * as v from "valibot";
import { CoreError } from "#core/contract/errors.ts";
import { transferIdSchema } from "#core/contract/ids.ts";
import type { GrantId, SpaceId, TransferId } from "#core/contract/ids.ts";
import type { MethodInput, MethodOutput } from "#core/contract/methods.ts";
import { randomId } from "#core/base/random.ts";
import type { SavedPlace } from "#core/folders/saved-files.ts";
import { choosePlace } from "#core/folders/saved-place.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import { Selection } from "#core/listing/selection.ts";
import type { StoredTransfer } from "#core/transfers/transfer-store.ts";
import type { CollectionParts } from "./collection-parts.ts";
import type { CollectionsOptions } from "./collections-options.ts";
import { onTheList } from "./on-the-list.ts";

/** Begins transfers: of folders that are shared, and of files that are to come. */
export class Beginnings {
  readonly #options: CollectionsOptions;
  readonly #parts: CollectionParts;

  constructor(options: CollectionsOptions, parts: CollectionParts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** @throws `not-found` when no path names anything, `folder-missing` (also when none was ever chosen), `folder-unreadable` */
  async download({
    collection,
    paths: named,
    folder,
  }: MethodInput<"download">): Promise<MethodOutput<"download">> {
    const { files } = this.#parts;
    onTheList(this.#parts.views, collection);
    const missing = named.filter(
      (path) => new Selection([path]).total(files, collection).files === 0,
    );
    const paths = named.filter((path) => !missing.includes(path));
    const total = new Selection(paths).total(files, collection);
    if (total.files === 0) throw new CoreError("not-found", { what: "files" });
    const place = await this.placeFor(collection, folder);
    // Whoever asks for it takes back that it was let go.
    this.#options.keeping.marks.takeBack(collection, paths);
    const transfer = this.#add(collection, "receiving", {
      destination: place.destination,
      paths,
      files: { done: 0, total: total.files },
      bytes: { done: 0, total: total.bytes },
    });
    return { transfer, missing };
  }

  /** Reads a folder of mine. One reading at a time: a second one goes on with the first. */
  readFolder(collection: SpaceId): TransferId {
    const { transfers } = this.#parts;
    const open = transfers
      .openOf(collection)
      .find(({ direction }) => direction === "sharing");
    if (open === undefined) return this.#add(collection, "sharing", {});
    if (open.stage !== "running") transfers.retry(open.transfer);
    return open.transfer;
  }

  /** Reads a folder of mine for the first time. */
  readFirst(space: SpaceId): TransferId {
    return this.#add(space, "sharing", { isFirst: true });
  }

  /** A first sharing that was cut short before it was written down as a transfer. */
  goOn(): void {
    const { shared, transfers, views } = this.#parts;
    const listed = views.listed();
    const { holds } = this.#options.self.state.peek();
    for (const { space, isOffered } of shared.all()) {
      if (isOffered || transfers.openOf(space).length > 0) continue;
      if (listed.get(space)?.charter.founder === this.#options.me)
        this.readFirst(space);
      else if (!holds.has(space)) shared.remove(space);
    }
  }

  /** Begins the transfer that brings a damaged file again. */
  mend({ space, destination }: SavedPlace, file: ListedFile): void {
    this.#add(space, "receiving", {
      destination,
      paths: [file.path],
      files: { done: 0, total: 1 },
      bytes: { done: 0, total: file.size },
    });
  }

  /** Begins the one transfer that brings what rules and marks of a collection ask for. */
  async byRule(space: SpaceId, paths: readonly string[]): Promise<void> {
    const [known] = this.#parts.saved.placesOf(space);
    const place = known ?? (await this.placeFor(space, null));
    const total = new Selection(paths).total(this.#parts.files, space);
    this.#add(space, "receiving", {
      reason: "rule",
      destination: place.destination,
      paths,
      files: { done: 0, total: total.files },
      bytes: { done: 0, total: total.bytes },
    });
  }

  /** Where files of a collection are put: the folder given, the one they were put into before, or the chosen one. */
  async placeFor(
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
