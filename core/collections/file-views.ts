import { join } from "node:path";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type {
  CollectionItem,
  FileStage,
} from "#core/contract/collection-models.ts";
import type { Availability } from "#core/availability/availability.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { SavedFiles } from "#core/folders/saved-files.ts";
import type { SharedFolders } from "#core/folders/shared-folders.ts";
import type { Keeping } from "#core/keeping/keeping.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import { nameOf } from "#core/listing/file-paths.ts";
import type { Looks } from "#core/looks/looks.ts";
import type { People } from "#core/people/people.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { DamagedFiles } from "./damaged-files.ts";
import type { GoneFiles } from "./gone-files.ts";

export interface FileViewsOptions {
  readonly people: People;
  readonly shared: SharedFolders;
  readonly saved: SavedFiles;
  readonly holdings: Holdings;
  readonly keeping: Pick<Keeping, "marks">;
  /** What transfers say of a file that is not here; null when nothing. */
  readonly transferStage: (space: SpaceId, path: string) => FileStage | null;
  readonly looks: Pick<Looks, "of">;
  /** Who else has what. */
  readonly availability: Pick<Availability, "away">;
  /** Files of mine that are not in their folder. */
  readonly gone: Pick<GoneFiles, "has" | "look">;
  /** Files that rotted on this disk. */
  readonly damaged: Pick<DamagedFiles, "of" | "isComing">;
}

/** Files of collections as the screens show them: what they are, where they lie, how they stand. */
export class FileViews {
  readonly #options: FileViewsOptions;

  constructor(options: FileViewsOptions) {
    this.#options = options;
  }

  /** One row of a list of files. */
  item(
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

  #savedAs(space: SpaceId, file: ListedFile, name: string): string | null {
    const { saved } = this.#options;
    const [place] = saved.placesOf(space);
    if (place === undefined || !file.isHere) return null;
    const known = saved.file(place.destination, file.path);
    if (known === null) return null;
    const savedAs = known.parts.at(-1) ?? name;
    return savedAs === name ? null : savedAs;
  }

  #stage(space: SpaceId, file: ListedFile, founder: PersonId): FileStage {
    const { transferStage, availability, holdings, gone } = this.#options;
    const transfer = transferStage(space, file.path);
    if (transfer?.stage === "coming") return transfer;
    if (file.isHere)
      return gone.has(space, file.path)
        ? { stage: "failed", problem: "file-gone" }
        : { stage: "here" };
    const known = this.#knownPath(space, file);
    if (known !== null && holdings.at(known)?.damaged === true)
      return this.#damagedStage(space, file, transfer !== null);
    if (transfer !== null)
      return this.#waitingFor(space, file, transfer, founder);
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

  /** Whom a file waits for: those who were seen to have it, else whoever shared it. */
  #waitingFor(
    space: SpaceId,
    file: ListedFile,
    stage: FileStage,
    founder: PersonId,
  ): FileStage {
    if (stage.stage !== "waiting" || stage.for !== "people") return stage;
    const { availability, people } = this.#options;
    const away = availability.away(space, file);
    const absent = away.stage === "away" ? away.absent : [];
    if (absent.length > 0)
      return { ...stage, people: absent.map(({ person }) => person) };
    const sharer = people.label(file.person ?? founder);
    return sharer.isMe ? stage : { ...stage, people: [sharer] };
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
}
