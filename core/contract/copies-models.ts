import type { SpaceId } from "./ids.ts";
import type { PersonLabel, Time } from "./models.ts";

/** A number of files and their bytes. */
export interface FileSum {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Who else has a collection, in short. Counted from what others showed, or took
 * from here and confirmed; what somebody only says is no copy.
 */
export interface CopiesSummary {
  /** People besides me with everything. */
  readonly everything: readonly PersonLabel[];
  /** On this computer, and seen nowhere else. */
  readonly onlyHere: FileSum;
}

/** What one person has. */
export interface PersonCopies {
  readonly person: PersonLabel;
  readonly has: FileSum;
  /** They say so, and nobody has checked. */
  readonly says: FileSum;
  /** A part of `has` rests on a random sample of what they say. */
  readonly isSampled: boolean;
  /** They could not show what they said to have, and when; null for never. */
  readonly caughtAt: Time | null;
  readonly inReach: boolean;
  /** When they were last met; null when that is not known. */
  readonly seenAt: Time | null;
}

/** Who has a collection, a folder of it or a file, in full. */
export interface CopiesPage {
  readonly collection: SpaceId;
  readonly path: string;
  readonly all: FileSum;
  readonly here: FileSum;
  /** Most first. Me with another computer of mine too. */
  readonly people: readonly PersonCopies[];
  readonly onlyHere: FileSum;
  /** Not here, and seen with one person only. */
  readonly onlyOne: readonly {
    readonly person: PersonLabel;
    readonly has: FileSum;
    readonly inReach: boolean;
    readonly seenAt: Time | null;
  }[];
  /** Not here, and seen with nobody. */
  readonly unseen: FileSum;
  /** Somebody in reach is being asked about what was not seen, or soon will be. */
  readonly isLooking: boolean;
}
