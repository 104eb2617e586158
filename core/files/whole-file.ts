/** A file that a thread may serve chunks of by itself, as it was when it was verified (FI3). */
export interface WholeFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly chunkSize: number;
  /** The chunks' hashes; null when they are not known any more. */
  list(): Buffer | null;
}
