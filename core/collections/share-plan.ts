import type { LeftOut } from "#core/files/walk.ts";
import type { Settled } from "#core/watching/pending-paths.ts";
import type { SharedFolder } from "#core/folders/shared-folders.ts";

/** What is read, and how. */
export interface PassPlan {
  readonly folder: SharedFolder;
  /** Everything, or some paths only. */
  readonly scope: Settled;
  /** By itself: a file that was written just now is left alone, and nothing is counted first. */
  readonly isLive: boolean;
  /** Whether the person said that many files are to go from the list. */
  readonly mayRemoveMany: boolean;
}

/** What a reading of the folder found out about it. */
export interface FolderRead {
  readonly mark: string;
  /** All that was left out, or, of some paths, what was left out of these. */
  readonly leftOut: readonly LeftOut[];
  readonly closed: readonly string[];
  readonly hasUnreadable: boolean;
  /** Files that are gone and stay listed until the person says so. */
  readonly gone: number;
  /** Written just now: to be looked at again. */
  readonly unsettled: readonly string[];
}
