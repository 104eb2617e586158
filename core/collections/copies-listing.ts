import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Listing } from "#core/availability/model.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";

/** What is listed, for those who count copies of it. */
export function createListing(
  files: CollectionIndex,
  listed: () => ReadonlyMap<SpaceId, SpaceLink>,
): Listing {
  return {
    spaces() {
      const spaces = new Map<SpaceId, PersonId>();
      for (const [space, { charter }] of listed())
        spaces.set(space, charter.founder);
      return spaces;
    },
    stamp(space) {
      const total = files.total(space);
      const changedAt = files.described(space)?.changedAt ?? 0;
      return [total.files, total.bytes, total.filesHere, changedAt].join(" ");
    },
    files: (space) => files.filesBelow(space, ""),
    at: (space, index) => files.fileAt(space, index),
    range: (space, path) => files.placesOf(space, path),
  };
}
