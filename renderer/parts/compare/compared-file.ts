import type { FileLink, Time } from "#core/contract/models.ts";

/** One of two files that are compared. */
export interface ComparedFile {
  readonly file: FileLink;
  /** Whose it is and when it was written: "Ana, 23 Nov, 14:05". */
  readonly label: string;
  readonly changedAt: Time | null;
}

/** What every comparison is given: the older or own one first. */
export interface CompareProps {
  readonly before: ComparedFile;
  readonly after: ComparedFile;
}
