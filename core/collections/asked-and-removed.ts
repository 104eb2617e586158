import type { SpaceId } from "#core/contract/ids.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { StoredTransfer } from "#core/transfers/transfer-store.ts";

export interface AskedAndRemovedParts {
  readonly files: Pick<CollectionIndex, "file">;
  /** Whether others took a file off the list. */
  readonly wasRemoved: (space: SpaceId, path: string) => boolean;
}

/**
 * Files a person asked for by name that others took off the list since: these
 * do not vanish without a word. What a rule brings is what is listed, whatever that is.
 */
export function askedAndRemoved(
  { files, wasRemoved }: AskedAndRemovedParts,
  { space, paths, reason }: StoredTransfer,
): readonly string[] {
  if (reason !== "asked") return [];
  return paths.filter(
    (path) => files.file(space, path) === null && wasRemoved(space, path),
  );
}
