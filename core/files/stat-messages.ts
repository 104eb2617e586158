/** To the thread: look at what lies at these names in a folder. */
export interface StatOrder {
  /** Absolute. */
  readonly folder: string;
  readonly names: readonly string[];
}

/** What lies at a name. */
export const STAT_KINDS = [
  "file",
  "folder",
  "link",
  "special",
  "unreadable",
] as const;
export type StatKind = (typeof STAT_KINDS)[number];

/** From the thread: so many numbers for each name, the place of its kind in `STAT_KINDS`, size, time and the disk's own number. */
export type StatAnswer = Float64Array<ArrayBuffer>;
export const STAT_NUMBERS = 4;
