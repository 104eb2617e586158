import type { Lack, Whole } from "./read-whole.ts";

/** To the thread: read these files. */
export type ReadOrder = readonly Whole[];

/** From the thread. */
export interface ReadAnswer {
  /** Room for all files of the order, one after another. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Null for those whose bytes are there. */
  readonly lacks: readonly (Lack | null)[];
}
