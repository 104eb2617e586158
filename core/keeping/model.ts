import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";

/** A file of others where we put it, as we left it. */
export interface PlacedFile {
  readonly space: SpaceId;
  readonly destination: number;
  readonly path: string;
  /** Absolute: the folder of the collection on this computer. */
  readonly folder: string;
  /** Where it lies in that folder. */
  readonly parts: readonly string[];
  readonly root: FileRoot;
  /** Bytes. */
  readonly size: number;
  readonly mtimeMs: number;
}

/** Where files of others lie: what this feature needs to know and to change of it. */
export interface PlacedFiles {
  /** Files at these paths or below them, wherever they were put. "" is everything. */
  below(
    space: SpaceId,
    paths: readonly string[],
  ): AsyncIterable<readonly PlacedFile[]>;
  /** Forgets where files lay; inside the caller's transaction. */
  forget(files: readonly PlacedFile[]): void;
  /** Notes again where they lie; inside the caller's transaction. */
  restore(files: readonly PlacedFile[]): void;
  /** Says that what is here of a collection changed. */
  changed(space: SpaceId, files: readonly PlacedFile[]): void;
}

/** Who else has something, as far as is known. */
export interface OtherCopies {
  readonly holders: readonly PersonId[];
  readonly lastHad: { readonly person: PersonId; readonly at: number } | null;
}

/** Asks who else has these contents of a collection; what is not answered is with nobody. */
export type OtherHolders = (
  space: SpaceId,
  roots: readonly FileRoot[],
) => Promise<ReadonlyMap<FileRoot, OtherCopies>>;
