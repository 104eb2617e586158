import { basename, dirname } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { MethodInput, MethodOutput } from "#core/contract/methods.ts";
import { encodeLink } from "#core/contacts/link.ts";
import { DEFAULT_EXCLUDES } from "#core/files/excludes.ts";
import { refuseOwnData } from "#core/folders/own-data.ts";
import type { Beginnings } from "./beginnings.ts";
import type { CollectionParts } from "./collection-parts.ts";
import type { CollectionsOptions } from "./collections-options.ts";
import { onTheList } from "./on-the-list.ts";
import type { NewShare } from "./found-collection.ts";

/** What a person gives others: a folder or files of theirs, and links to what is on the list. */
export class Giving {
  readonly #options: CollectionsOptions;
  readonly #parts: CollectionParts;
  readonly #beginnings: Beginnings;

  constructor(
    options: CollectionsOptions,
    parts: CollectionParts,
    beginnings: Beginnings,
  ) {
    this.#options = options;
    this.#parts = parts;
    this.#beginnings = beginnings;
  }

  /** @throws `not-found`, `folder-missing`, `folder-unreadable`, `folder-empty`, `folder-ours`, `disk-full` */
  async shareFolder({
    folder,
    title,
    about,
    audience,
    excludes = DEFAULT_EXCLUDES,
  }: MethodInput<"shareFolder">): Promise<MethodOutput<"shareFolder">> {
    const { path } = this.#options.grants.resolve(folder);
    await refuseOwnData(path, this.#options.dataFolder);
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

  /** @throws `not-found` for what is no collection of mine on this computer */
  // Not async by itself, but a throw must become a rejection.
  async updateCollection({
    collection,
  }: MethodInput<"updateCollection">): Promise<
    MethodOutput<"updateCollection">
  > {
    const { shared } = this.#parts;
    onTheList(this.#parts.views, collection);
    if (shared.get(collection) === null)
      throw new CoreError("not-found", { what: "folder" });
    return { transfer: this.#beginnings.readFolder(collection) };
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
    const { charter, readKey } = onTheList(this.#parts.views, collection);
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

  async #share(share: NewShare): Promise<MethodOutput<"shareFolder">> {
    const { space } = await this.#parts.sharing.create(share);
    const transfer = this.#beginnings.readFirst(space);
    return { collection: space, transfer };
  }
}
