import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";

/** A file of a collection, as far as copies of it go. */
export interface ListedContent {
  readonly path: string;
  readonly root: FileRoot;
  /** Bytes. */
  readonly size: number;
  readonly chunkSize: number;
  /** Whether it is on this computer. */
  readonly isHere: boolean;
}

/** What collections list: their side of it, given to this feature. */
export interface Listing {
  /** Collections on the list, and whose they are. */
  spaces(): ReadonlyMap<SpaceId, PersonId>;
  /** Another text whenever the files of a collection, or what is here of them, may be others. */
  stamp(space: SpaceId): string;
  /** Every file, by path, in slices. */
  files(space: SpaceId): AsyncIterable<readonly ListedContent[]>;
  /** The file at a place in that order; null beyond the end. */
  at(space: SpaceId, index: number): ListedContent | null;
  /** Which of the files, in that order, are a file or lie in a folder at any depth. */
  range(
    space: SpaceId,
    path: string,
  ): { readonly first: number; readonly count: number };
}
