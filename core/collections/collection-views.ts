import { basename } from "node:path";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type {
  CollectionAudience,
  CollectionItem,
  CollectionPage,
  CollectionRow,
} from "#core/contract/collection-models.ts";
import type { Availability } from "#core/availability/availability.ts";
import type { FolderWatchRow } from "#core/contract/watching-models.ts";
import type { Keeping } from "#core/keeping/keeping.ts";
import type { Self } from "#core/self/self.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import { nameOf } from "#core/listing/file-paths.ts";
import { FileViews } from "./file-views.ts";
import type { FileViewsOptions } from "./file-views.ts";
import type { SharedFolder } from "#core/folders/shared-folders.ts";
import { plainName } from "#core/listing/sort-key.ts";
import type { RemovedViews } from "#core/upkeep/removed-views.ts";
import type { Writing } from "#core/taking-part/writing.ts";

export interface CollectionViewsOptions extends FileViewsOptions {
  readonly me: PersonId;
  readonly self: Self;
  readonly files: CollectionIndex;
  readonly keeping: Pick<Keeping, "marks" | "rules">;
  readonly writing: Pick<Writing, "mayWrite" | "of">;
  /** The folder I take part with in a collection of somebody else: its name. */
  readonly joined: (space: SpaceId) => string | null;
  /** The title a link or an offer gave, for the time before the collection says its own. */
  readonly knownTitle: (space: SpaceId) => string | null;
  readonly isMissing: (space: SpaceId) => boolean;
  /** How an own folder is watched. */
  readonly watch: (space: SpaceId) => FolderWatchRow | null;
  readonly removed: Pick<RemovedViews, "summary">;
  /** Who else has what. */
  readonly availability: Pick<Availability, "away" | "summary">;
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
  readonly #fileViews: FileViews;

  constructor(options: CollectionViewsOptions) {
    this.#options = options;
    this.#fileViews = new FileViews(options);
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
    const leftOut = (shared.get(collection)?.leftOut ?? []).map(
      ({ path, reason }) => ({ path, kind: reason }),
    );
    const seen = found.items.map(({ path }) => path);
    if (seen.length > 0) this.#options.gone.look(collection, seen);
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
        ...found.items.map((it) => this.#fileViews.item(collection, it, link)),
      ],
      leftOut,
      damaged: this.#damagedFiles(collection, link),
      removed: this.#options.removed.summary(collection),
    };
  }

  /** Where a file of a collection lies on this computer, as far as is known; best first. */
  pathsOf(space: SpaceId, file: ListedFile): readonly string[] {
    return this.#fileViews.pathsOf(space, file);
  }

  /** What to say of damage at the top of a page: the first few files. */
  #damagedFiles(space: SpaceId, link: SpaceLink): readonly CollectionItem[] {
    const { damaged, files } = this.#options;
    return damaged
      .of(space)
      .slice(0, DAMAGED_FILES)
      .flatMap(({ path }) => {
        const file = files.file(space, path);
        return file === null ? [] : [this.#fileViews.item(space, file, link)];
      });
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
