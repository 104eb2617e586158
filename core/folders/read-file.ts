import type { HashedFile } from "#core/files/hasher.ts";

/** A file of the folder, just read. */
export interface ReadFile {
  readonly path: string;
  readonly absolutePath: string;
  readonly hashed: Omit<HashedFile, "head">;
  readonly mediaType: string;
  /** The number its disk knows it by. */
  readonly ino: number;
  /** The path it had before, when it was only given another name. */
  readonly from?: string | null;
}
