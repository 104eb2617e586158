import { lstat, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { MethodInput } from "#core/contract/methods.ts";
import { slices } from "#core/base/slices.ts";
import { DEFAULT_EXCLUDES } from "#core/files/excludes.ts";
import { openDestination } from "#core/files/place-folder.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { Grants } from "#core/grants/grants.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { FolderFlow } from "./folder-flow.ts";
import type { SavedFiles } from "#core/folders/saved-files.ts";
import { choosePlace } from "#core/folders/saved-place.ts";
import { folderMark } from "#core/folders/shared-folders.ts";
import type { SharedFolders } from "#core/folders/shared-folders.ts";
import { ensurePlace } from "#core/folders/own-place.ts";

export interface TakingPartOptions {
  readonly me: PersonId;
  readonly spaces: Spaces;
  readonly shared: SharedFolders;
  readonly saved: SavedFiles;
  readonly holdings: Pick<Holdings, "removeMany">;
  readonly grants: Pick<Grants, "resolve">;
  readonly flow: FolderFlow;
  readonly founderOf: (space: SpaceId) => PersonId | null;
  readonly titleOf: (space: SpaceId) => string;
  readonly onChange: () => void;
}

/** Files looked at together. */
const LOOKED_AT = 100;

/** A folder of mine for a collection of somebody else in which I may write. */
export class TakingPart {
  readonly #options: TakingPartOptions;

  constructor(options: TakingPartOptions) {
    this.#options = options;
  }

  /** The name of the folder; null when there is none, or when the collection is mine. */
  folderOf(space: SpaceId): string | null {
    const { shared, founderOf, me } = this.#options;
    const folder = founderOf(space) === me ? null : shared.get(space);
    return folder === null ? null : basename(folder.path);
  }

  /** @throws `not-found`, `may-not-write`, `folder-missing`, `folder-unreadable` */
  async join({ collection, folder }: MethodInput<"joinFolder">): Promise<void> {
    const { spaces, shared, saved, founderOf, me, titleOf, flow, onChange } =
      this.#options;
    const founder = founderOf(collection);
    if (founder === null || founder === me)
      throw new CoreError("not-found", { what: "collection" });
    if (!spaces.mayWrite(collection)) throw new CoreError("may-not-write", {});
    const path =
      folder === null
        ? this.#downloadedTo(collection)
        : await this.#chosen(collection, this.#resolve(folder));
    const { folder: real } = await openDestination(path);
    const place = ensurePlace(saved, { space: collection, path: real });
    if (place === null)
      throw new CoreError("folder-unreadable", { name: basename(real) });
    await this.#forgetGone(place.destination, real);
    shared.add({
      space: collection,
      path: real,
      mark: (await folderMark(real)) ?? "",
      title: titleOf(collection),
      about: "",
      audience: { kind: "chosen", people: [] },
      isOffered: true,
      leftOut: [],
      live: true,
      excludes: DEFAULT_EXCLUDES,
      only: null,
      gone: 0,
    });
    flow.look(collection);
    onChange();
  }

  /** The folder is an ordinary one again; nothing in it is touched. @throws `not-found` */
  leave({ collection }: MethodInput<"leaveFolder">): void {
    const { shared, onChange } = this.#options;
    if (this.folderOf(collection) === null)
      throw new CoreError("not-found", { what: "folder" });
    shared.remove(collection);
    onChange();
  }

  /**
   * What was taken out of a folder of downloads was not taken off the list: it
   * comes again, instead of going for all.
   */
  async #forgetGone(destination: number, folder: string): Promise<void> {
    const { saved, holdings } = this.#options;
    for await (const some of slices(saved.names(destination), LOOKED_AT)) {
      const looked = await Promise.all(
        some.map(async ([path, parts]) => {
          const at = join(folder, parts);
          const seen = await lstat(at).catch(() => null);
          return seen === null ? [{ path, at }] : [];
        }),
      );
      const gone = looked.flat();
      if (gone.length === 0) continue;
      saved.removeFiles(
        destination,
        gone.map(({ path }) => path),
      );
      holdings.removeMany(gone.map(({ at }) => at));
    }
  }

  #resolve(folder: Parameters<Grants["resolve"]>[0]): string {
    return this.#options.grants.resolve(folder).path;
  }

  #downloadedTo(space: SpaceId): string {
    const [place] = this.#options.saved.placesOf(space);
    if (place === undefined)
      throw new CoreError("folder-missing", { name: "" });
    return join(place.base, place.name);
  }

  /** A folder with other things in it would be shared with them: it gets one of its own inside. */
  async #chosen(space: SpaceId, path: string): Promise<string> {
    const { saved, titleOf } = this.#options;
    const isOwn = saved
      .placesOf(space)
      .some(({ base, name }) => join(base, name) === path);
    const names = await readdir(path).catch((error: unknown) => {
      throw new CoreError("folder-missing", { name: basename(path) }, error);
    });
    if (isOwn || names.length === 0) return path;
    const place = await choosePlace(saved, space, path, titleOf(space));
    return join(place.base, place.name);
  }
}
