import type { EntryRef, PersonId, SpaceId } from "#core/contract/ids.ts";
import type {
  FileVersion,
  FileVersions,
} from "#core/contract/version-models.ts";
import type { Availability } from "#core/availability/availability.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { People } from "#core/people/people.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import type { Database } from "#core/storage/database.ts";
import { collectionNumber, notedFiles } from "#core/listing/file-heads.ts";
import type { NotedFile } from "#core/listing/file-heads.ts";
import { nameOf } from "#core/listing/file-paths.ts";
import { standing } from "#core/listing/standing.ts";

export interface VersionViewsOptions {
  readonly index: Database;
  readonly people: People;
  readonly spaces: Pick<Spaces, "mayWrite">;
  readonly holdings: Pick<Holdings, "has">;
  readonly availability: Pick<Availability, "away">;
  readonly clock: Clock;
  readonly listed: () => ReadonlyMap<SpaceId, SpaceLink>;
}

/** A list this long is read by nobody to its end. */
const VERSIONS_SHOWN = 100;

/** All that is known of a path now. */
export interface PathHistory {
  readonly founder: PersonId;
  readonly noted: readonly NotedFile[];
  readonly heads: readonly NotedFile[];
}

/** Versions of files as the screens show them. */
export class VersionViews {
  readonly #options: VersionViewsOptions;

  constructor(options: VersionViewsOptions) {
    this.#options = options;
  }

  /** Null when nothing is known of such a file, or the collection is not on the list. */
  view(space: SpaceId, path: string): FileVersions | null {
    const history = this.history(space, path);
    if (history === null) return null;
    const { noted, heads, founder } = history;
    const known = new Set(heads.map(({ ref }) => ref));
    const shown = [...noted].reverse().slice(0, VERSIONS_SHOWN);
    return {
      path,
      name: nameOf(path),
      versions: shown.map((it) =>
        this.#version(space, path, founder, it, known),
      ),
      more: noted.length - shown.length,
      mayWrite: this.#options.spaces.mayWrite(space),
    };
  }

  /** What is known of a path, in the one order of folding; null when nothing is. */
  history(space: SpaceId, path: string): PathHistory | null {
    const { index, listed } = this.#options;
    const link = listed().get(space);
    const number = collectionNumber(index, space);
    if (link === undefined || number === null) return null;
    const noted = notedFiles(index, number, path);
    if (noted.length === 0) return null;
    return { founder: link.charter.founder, noted, heads: standing(noted) };
  }

  #version(
    space: SpaceId,
    path: string,
    founder: PersonId,
    { ref, person, time, content }: NotedFile,
    heads: ReadonlySet<EntryRef>,
  ): FileVersion {
    const { people, clock, holdings, availability } = this.#options;
    const isStanding = heads.has(ref);
    return {
      version: ref,
      person: people.label(person ?? founder),
      // A clock that was ahead is not believed (EN3).
      at: Math.min(time[0], clock.now()),
      isStanding,
      content:
        content === null
          ? null
          : {
              root: content.root,
              size: content.size,
              changedAt: content.changedAt,
              mediaType: content.mediaType,
              state: holdings.has(content.root)
                ? { stage: "here" }
                : availability.away(space, { ...content, path, isHere: false }),
            },
    };
  }
}
