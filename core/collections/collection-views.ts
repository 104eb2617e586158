import { basename, join } from "node:path";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type {
  CollectionAudience,
  CollectionItem,
  CollectionPage,
  CollectionRow,
  FileStage,
} from "#core/contract/collection-models.ts";
import type { Availability } from "#core/availability/availability.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { People } from "#core/people/people.ts";
import type { Self } from "#core/self/self.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { CollectionIndex, ListedFile } from "./collection-index.ts";
import { nameOf } from "./file-paths.ts";
import type { SavedFiles } from "./saved-files.ts";
import type { SharedFolder, SharedFolders } from "./shared-folders.ts";
import { plainName } from "./sort-key.ts";

export interface CollectionViewsOptions {
  readonly me: PersonId;
  readonly self: Self;
  readonly people: People;
  readonly files: CollectionIndex;
  readonly shared: SharedFolders;
  readonly saved: SavedFiles;
  readonly holdings: Holdings;
  /** The title a link or an offer gave, for the time before the collection says its own. */
  readonly knownTitle: (space: SpaceId) => string | null;
  readonly isMissing: (space: SpaceId) => boolean;
  /** What transfers say of a file that is not here; null when nothing. */
  readonly transferStage: (space: SpaceId, path: string) => FileStage | null;
  /** Who else has what. */
  readonly availability: Pick<Availability, "away" | "summary">;
}

export interface PageParams {
  readonly collection: SpaceId;
  readonly folder: string;
  readonly search: string;
  readonly first: number;
  readonly count: number;
}

/** Collections as the screens show them. */
export class CollectionViews {
  readonly #options: CollectionViewsOptions;

  constructor(options: CollectionViewsOptions) {
    this.#options = options;
  }

  /** Every collection on my list, newest change first. */
  list(): readonly CollectionRow[] {
    return [...this.listed()]
      .map(([space, link]) => this.row(space, link))
      .sort((a, b) => b.changedAt - a.changedAt || compare(a.title, b.title));
  }

  /** Collections that are held and not taken off the list, also not with the person they are of. */
  listed(): ReadonlyMap<SpaceId, SpaceLink> {
    const { holds, removedCollections, contacts } =
      this.#options.self.state.peek();
    const listed = new Map<SpaceId, SpaceLink>();
    for (const [space, link] of holds) {
      const { kind, founder } = link.charter;
      if (kind !== "collection" || removedCollections.has(space)) continue;
      if (contacts.get(founder)?.removed !== true) listed.set(space, link);
    }
    return listed;
  }

  row(space: SpaceId, { charter }: SpaceLink): CollectionRow {
    const { me, people, files, shared, isMissing, availability } = this.#options;
    const described = files.described(space);
    const folder = shared.get(space);
    const total = files.total(space);
    return {
      collection: space,
      title: this.title(space),
      about: described?.about ?? folder?.about ?? "",
      owner: people.label(charter.founder),
      mine: charter.founder === me,
      audience: folder === null ? null : this.#audience(folder),
      files: total.files,
      bytes: total.bytes,
      filesHere: total.filesHere,
      bytesHere: total.bytesHere,
      changedAt: described?.changedAt ?? 0,
      folderMissing: isMissing(space),
      folderName: folder === null ? null : basename(folder.path),
      copies: availability.summary(space),
    };
  }

  /** Its own title, else the one it was made or offered with. */
  title(space: SpaceId): string {
    const { files, shared, knownTitle } = this.#options;
    const own = files.described(space)?.title ?? "";
    if (own !== "") return own;
    return shared.get(space)?.title ?? knownTitle(space) ?? "";
  }

  /** A window of a folder, folders first; with a search: of all that matches below it. */
  page(params: PageParams): CollectionPage | null {
    const { collection, folder, search, first, count } = params;
    const link = this.listed().get(collection);
    if (link === undefined) return null;
    const { files, shared } = this.#options;
    const plain = plainName(search.trim());
    const folders =
      plain === ""
        ? files.foldersIn(collection, folder, first, count)
        : files.findFolders(collection, folder, plain, first, count);
    const skipped = Math.max(0, first - folders.total);
    const room = count - folders.items.length;
    const found =
      plain === ""
        ? files.filesIn(collection, folder, skipped, room)
        : files.findFiles(collection, folder, plain, skipped, room);
    const leftOut = shared.get(collection)?.leftOut ?? [];
    return {
      row: this.row(collection, link),
      folder,
      first,
      total: folders.total + found.total,
      items: [
        ...folders.items.map((it): CollectionItem => ({
          kind: "folder",
          path: it.path,
          name: nameOf(it.path),
          files: it.files,
          bytes: it.bytes,
          filesHere: it.filesHere,
        })),
        ...found.items.map((it) => this.#file(collection, it)),
      ],
      leftOut,
    };
  }

  /** Where a file of a collection lies on this computer, as far as is known; best first. */
  pathsOf(space: SpaceId, file: ListedFile): readonly string[] {
    const { shared, saved, holdings } = this.#options;
    const paths: string[] = [];
    const own = shared.get(space);
    if (own !== null) paths.push(join(own.path, file.path));
    for (const place of saved.placesOf(space)) {
      const it = saved.file(place.destination, file.path);
      if (it !== null && it.root === file.root)
        paths.push(join(place.base, place.name, ...it.parts));
    }
    for (const { absolutePath, origin } of holdings.find(file.root))
      if (origin !== "attachment") paths.push(absolutePath);
    return paths;
  }

  #file(space: SpaceId, file: ListedFile): CollectionItem {
    const { path, size, changedAt, mediaType, root } = file;
    const name = nameOf(path);
    return {
      kind: "file",
      path,
      name,
      savedAs: this.#savedAs(space, file, name),
      size,
      changedAt,
      mediaType,
      root,
      state: this.#stage(space, file),
    };
  }

  #savedAs(space: SpaceId, file: ListedFile, name: string): string | null {
    const { saved } = this.#options;
    const [place] = saved.placesOf(space);
    if (place === undefined || !file.isHere) return null;
    const savedAs = saved.file(place.destination, file.path)?.parts.at(-1);
    return savedAs === undefined || savedAs === name ? null : savedAs;
  }

  #stage(space: SpaceId, file: ListedFile): FileStage {
    const { transferStage, availability, holdings } = this.#options;
    const transfer = transferStage(space, file.path);
    if (transfer?.stage === "coming") return transfer;
    if (file.isHere) return { stage: "here" };
    if (transfer !== null) return transfer;
    const known = this.#knownPath(space, file);
    if (known !== null && holdings.at(known)?.changed === true)
      return { stage: "changed" };
    return availability.away(space, file);
  }

  /** Where this version of the file was put or shared from. */
  #knownPath(space: SpaceId, file: ListedFile): string | null {
    return this.pathsOf(space, file)[0] ?? null;
  }

  #audience({ audience }: SharedFolder): CollectionAudience {
    if (audience.kind !== "chosen") return audience;
    const { people } = this.#options;
    return {
      kind: "chosen",
      people: audience.people.map((person) => people.label(person)),
    };
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
