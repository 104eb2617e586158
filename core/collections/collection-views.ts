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
import type { FolderWatchRow } from "#core/contract/watching-models.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { Looks } from "#core/looks/looks.ts";
import type { Keeping } from "#core/keeping/keeping.ts";
import type { People } from "#core/people/people.ts";
import type { Self } from "#core/self/self.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type {
  CollectionIndex,
  ListedFile,
} from "#core/listing/collection-index.ts";
import { nameOf } from "#core/listing/file-paths.ts";
import type { DamagedFiles } from "./damaged-files.ts";
import type { SavedFiles } from "#core/folders/saved-files.ts";
import type {
  SharedFolder,
  SharedFolders,
} from "#core/folders/shared-folders.ts";
import { plainName } from "#core/listing/sort-key.ts";
import type { Writing } from "#core/taking-part/writing.ts";

export interface CollectionViewsOptions {
  readonly me: PersonId;
  readonly self: Self;
  readonly people: People;
  readonly files: CollectionIndex;
  readonly shared: SharedFolders;
  readonly saved: SavedFiles;
  readonly holdings: Holdings;
  readonly keeping: Pick<Keeping, "marks" | "rules">;
  readonly writing: Pick<Writing, "mayWrite" | "of">;
  /** The folder I take part with in a collection of somebody else: its name. */
  readonly joined: (space: SpaceId) => string | null;
  /** The title a link or an offer gave, for the time before the collection says its own. */
  readonly knownTitle: (space: SpaceId) => string | null;
  readonly isMissing: (space: SpaceId) => boolean;
  /** How an own folder is watched. */
  readonly watch: (space: SpaceId) => FolderWatchRow | null;
  /** What transfers say of a file that is not here; null when nothing. */
  readonly transferStage: (space: SpaceId, path: string) => FileStage | null;
  readonly looks: Pick<Looks, "of">;
  /** Who else has what. */
  readonly availability: Pick<Availability, "away" | "summary">;
  /** Files that rotted on this disk. */
  readonly damaged: Pick<DamagedFiles, "of" | "isComing">;
}

/** Damaged files told of at the top of a page. */
const DAMAGED_FILES = 5;

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
    const { me, people, files, shared, isMissing, availability, writing } =
      this.#options;
    const described = files.described(space);
    const folder = shared.get(space);
    const total = files.total(space);
    return {
      collection: space,
      title: this.title(space),
      about: described?.about ?? folder?.about ?? "",
      owner: people.label(charter.founder),
      mine: charter.founder === me,
      audience:
        folder === null || charter.founder !== me
          ? null
          : this.#audience(folder),
      files: total.files,
      bytes: total.bytes,
      filesHere: total.filesHere,
      bytesHere: total.bytesHere,
      changedAt: described?.changedAt ?? 0,
      folderMissing: isMissing(space),
      watch: this.#options.watch(space),
      folderName: folder === null ? null : basename(folder.path),
      copies: availability.summary(space),
      mayWrite: writing.mayWrite(space),
      writers: writing.of(space).map((person) => people.label(person)),
      joined: this.#options.joined(space),
      kept: this.#options.keeping.marks.isKept(space, ""),
      rule: this.#options.keeping.rules.rule(space),
      paused: this.#options.keeping.rules.isPaused(space),
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
          kept: this.#options.keeping.marks.isKept(collection, it.path),
        })),
        ...found.items.map((it) => this.#file(collection, it, link)),
      ],
      leftOut,
      damaged: this.#damagedFiles(collection, link),
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
      if (origin === "mine" || origin === "theirs") paths.push(absolutePath);
    return paths;
  }

  #file(
    space: SpaceId,
    file: ListedFile,
    { charter }: SpaceLink,
  ): CollectionItem {
    const { path, size, changedAt, mediaType, root } = file;
    const { versions, isRemoved, person } = file;
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
      look: this.#options.looks.of(space, root),
      changedBy: this.#options.people.label(person ?? charter.founder),
      clash: versions > 1 || isRemoved ? { versions, isRemoved } : null,
      kept: this.#options.keeping.marks.isKept(space, path),
      state: this.#stage(space, file, charter.founder),
    };
  }

  #savedAs(space: SpaceId, file: ListedFile, name: string): string | null {
    const { saved } = this.#options;
    const [place] = saved.placesOf(space);
    if (place === undefined || !file.isHere) return null;
    const known = saved.file(place.destination, file.path);
    if (known === null) return null;
    // A name with a backslash became a folder and a file: both are told.
    const folders = file.path.split("/").length - 1;
    const savedAs = known.parts.slice(folders).join("/");
    return savedAs === name ? null : savedAs;
  }

  #stage(space: SpaceId, file: ListedFile, founder: PersonId): FileStage {
    const { transferStage, availability, holdings } = this.#options;
    const transfer = transferStage(space, file.path);
    if (transfer?.stage === "coming") return transfer;
    if (file.isHere) return { stage: "here" };
    const known = this.#knownPath(space, file);
    if (known !== null && holdings.at(known)?.damaged === true)
      return this.#damagedStage(space, file, transfer !== null);
    if (transfer !== null) return transfer;
    if (known !== null && holdings.at(known)?.changed === true)
      return { stage: "changed" };
    const away = availability.away(space, file);
    if (!this.#hasOlder(space, file)) return away;
    return {
      stage: "newer",
      from: this.#options.people.label(file.person ?? founder),
      holders: "holders" in away ? away.holders : [],
    };
  }

  #damagedStage(
    space: SpaceId,
    file: ListedFile,
    isCovered: boolean,
  ): FileStage {
    const { availability, damaged } = this.#options;
    const away = availability.away(space, file);
    const found = damaged.of(space).find((it) => it.path === file.path);
    return {
      stage: "damaged",
      isComing: isCovered || (found !== undefined && damaged.isComing(found)),
      from: away.stage === "away" ? away.holders : [],
      isMine: found?.place === null,
    };
  }

  /** What to say of damage at the top of a page: the first few files. */
  #damagedFiles(space: SpaceId, link: SpaceLink): readonly CollectionItem[] {
    const { damaged, files } = this.#options;
    return damaged
      .of(space)
      .slice(0, DAMAGED_FILES)
      .flatMap(({ path }) => {
        const file = files.file(space, path);
        return file === null ? [] : [this.#file(space, file, link)];
      });
  }

  /** Whether another version of a file was put here, and lies here still. */
  #hasOlder(space: SpaceId, { path, root }: ListedFile): boolean {
    const { saved, holdings } = this.#options;
    return saved.placesOf(space).some(({ destination, base, name }) => {
      const older = saved.file(destination, path);
      if (older === null || older.root === root) return false;
      return holdings.at(join(base, name, ...older.parts)) !== null;
    });
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
