import type { FileRoot, PersonId, SpaceId } from "#core/contract/ids.ts";

/** Content without a name: what the root of FI2 is the root of. */
export interface Content {
  readonly root: FileRoot;
  /** Bytes. */
  readonly size: number;
  /** Bytes of each chunk but the last (FI1). */
  readonly chunkSize: number;
}

/** Where content lies on this computer, complete and verified. */
export interface Holding extends Content {
  readonly absolutePath: string;
  /** Of the file when it was verified; another value means it changed since (FI3). */
  readonly mtimeMs: number;
  /**
   * `theirs`: we fetched it; `mine`: shared in place from a folder of mine;
   * `attachment`: a copy the app keeps; `version`: an earlier version it keeps.
   */
  readonly origin: "theirs" | "mine" | "attachment" | "version";
}

/** A holding to write down, with the list of its chunks' hashes. */
export interface NewHolding {
  readonly holding: Holding;
  /** Verified: its root is the holding's. Kept only when it has more than one entry. */
  readonly list: Buffer;
}

/** Which spaces name which content: answers from the index, for FI5. */
export interface Naming {
  /** Whether a visible record of one of these spaces names this root. */
  isNamed(root: FileRoot, spaces: ReadonlySet<SpaceId>): boolean;
  /** Looks many up at once that are asked about next, one by one. */
  lookUp?(roots: readonly FileRoot[]): void;
}

/** Where a chunk can come from now. */
export interface Source {
  readonly person: PersonId | null;
}
