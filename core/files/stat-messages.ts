/** To the thread: look at what lies at these names in a folder. */
export interface StatOrder {
  /** Absolute. */
  readonly folder: string;
  readonly names: readonly string[];
}

/** From the thread: so many numbers for each name, the place of its kind in `STAT_KINDS`, size, time and the disk's own number. */
export type StatAnswer = Float64Array<ArrayBuffer>;
export const STAT_NUMBERS = 4;
