import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Window } from "#core/contract/models.ts";
import type {
  RemovedRow,
  RemovedSummary,
} from "#core/contract/removed-models.ts";
import { nameOf } from "#core/listing/file-paths.ts";
import type { People } from "#core/people/people.ts";
import type { RemovedFiles } from "./removed-files.ts";

/** What others removed and is still here, as the screens show it. */
export class RemovedViews {
  readonly #removed: Pick<RemovedFiles, "of">;
  readonly #people: Pick<People, "label">;

  constructor(
    removed: Pick<RemovedFiles, "of">,
    people: Pick<People, "label">,
  ) {
    this.#removed = removed;
    this.#people = people;
  }

  /** Null when there is nothing of the kind. */
  summary(space: SpaceId): RemovedSummary | null {
    const files = this.#removed.of(space);
    if (files.length === 0) return null;
    const by = new Map<PersonId, number>();
    let bytes = 0;
    for (const file of files) {
      by.set(file.by, (by.get(file.by) ?? 0) + 1);
      bytes += file.size;
    }
    return {
      files: files.length,
      bytes,
      by: [...by]
        .sort(([, a], [, b]) => b - a)
        .map(([person]) => this.#people.label(person)),
    };
  }

  /** By path. */
  rows(space: SpaceId, first: number, count: number): Window<RemovedRow> {
    const files = this.#removed.of(space);
    return {
      first,
      total: files.length,
      items: files
        .slice(first, first + count)
        .map(({ path, size, by, at }) => ({
          path,
          name: nameOf(path),
          size,
          by: this.#people.label(by),
          at,
        })),
    };
  }
}
