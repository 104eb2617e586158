import type { ErrorCode } from "./errors.ts";
import type { FileRoot, SpaceId, TransferId } from "./ids.ts";
import type { CopiesSummary } from "./copies-models.ts";
import type { CollectionRule, RoomLack } from "./keeping-models.ts";
import type { FileLook } from "./look-models.ts";
import type { PersonLabel, Time, Window } from "./models.ts";
import type { RemovedSummary } from "./removed-models.ts";
import type { FolderWatchRow, LeftOutItem } from "./watching-models.ts";

export type CollectionAudience =
  | { readonly kind: "link" }
  | { readonly kind: "contacts" }
  | { readonly kind: "chosen"; readonly people: readonly PersonLabel[] };

export interface CollectionRow {
  readonly collection: SpaceId;
  readonly title: string;
  readonly about: string;
  readonly owner: PersonLabel;
  readonly mine: boolean;
  /** Known for own collections only. */
  readonly audience: CollectionAudience | null;
  readonly files: number;
  readonly bytes: number;
  readonly filesHere: number;
  readonly bytesHere: number;
  readonly changedAt: Time;
  /** The folder on disk is not there (an unplugged drive, say); nothing was deleted for others. */
  readonly folderMissing: boolean;
  /** Where it stands on disk, for own collections: the folder's name. */
  readonly folderName: string | null;
  /** How that folder is watched for changes; null for collections of others. */
  readonly watch: FolderWatchRow | null;
  /** All of it is kept here, what comes later too. */
  readonly kept: boolean;
  readonly rule: CollectionRule;
  /** Whether I may add and change things, and who else may besides the owner. */
  readonly mayWrite: boolean;
  readonly writers: readonly PersonLabel[];
  /** The folder I took as mine for a collection of somebody else: its name. */
  readonly joined: string | null;
  /** Nothing of it is fetched until I say so. */
  readonly paused: boolean;
  /** Who else has it; null while that is being counted. */
  readonly copies: CopiesSummary | null;
}

/** What was paused: this transfer, its collection, or everything. */
export type PausedWhat = "transfer" | "collection" | "all";

/** The transfer that brings a file. */
export interface Bringing {
  readonly transfer: TransferId;
  /** How many files it brings in all, this one among them. */
  readonly files: number;
}

export type FileStage =
  | { readonly stage: "here" }
  /** Known, not on this computer. */
  | {
      readonly stage: "away";
      /** People in reach who have it, or say so. */
      readonly holders: readonly PersonLabel[];
      /** Others in reach who say so; the collection came by a link, so they have no name. */
      readonly unnamed: number;
      /** One of the people in reach was seen to have it. */
      readonly isShown: boolean;
      /** Nobody in reach has said to have it so far, and not all were heard: the app or a line has only begun. */
      readonly isLooking: boolean;
      /** People out of reach who were seen to have it. */
      readonly absent: readonly {
        readonly person: PersonLabel;
        readonly seenAt: Time | null;
      }[];
    }
  | {
      readonly stage: "coming";
      readonly done: number;
      /** Bytes a second, smoothed; 0 when nothing moves. */
      readonly speed: number;
      /** Null while it cannot be told. */
      readonly secondsLeft: number | null;
      /** Who it comes from now. */
      readonly from: readonly PersonLabel[];
      /** From others as well; the collection came by a link, so they have no name. */
      readonly fromUnnamed: boolean;
      readonly by: Bringing;
    }
  /** For its turn, for somebody who has it, or for room on this computer. */
  | {
      readonly stage: "waiting";
      readonly for: "turn" | "people" | "room";
      readonly done: number;
      /** Whom it waits for: those out of reach who were seen to have it. */
      readonly people: readonly PersonLabel[];
      readonly by: Bringing;
    }
  | {
      readonly stage: "paused";
      readonly done: number;
      readonly what: PausedWhat;
      readonly by: Bringing;
    }
  /** An older version is on this computer. */
  | {
      readonly stage: "newer";
      readonly from: PersonLabel;
      readonly holders: readonly PersonLabel[];
    }
  /**
   * A part of it on this disk is not what it was, though nobody wrote the file.
   * `from`: people in reach who have it.
   */
  | {
      readonly stage: "damaged";
      readonly isComing: boolean;
      readonly from: readonly PersonLabel[];
      /** In a folder of mine: it is not got again by itself. */
      readonly isMine: boolean;
    }
  /** The file on disk is no longer the one that was shared. */
  | { readonly stage: "changed" }
  | { readonly stage: "failed"; readonly problem: ErrorCode };

/** More than one thing stands at a path until somebody settles it (EN5). */
export interface Clash {
  readonly versions: number;
  /** Somebody removed the file while somebody else changed it; the change stays in sight. */
  readonly isRemoved: boolean;
}

export type CollectionItem =
  | {
      readonly kind: "folder";
      readonly path: string;
      readonly name: string;
      readonly files: number;
      readonly bytes: number;
      readonly filesHere: number;
      /** All of it stays here until I say otherwise, what comes later too. */
      readonly kept: boolean;
    }
  | {
      readonly kind: "file";
      readonly path: string;
      readonly name: string;
      /** The name it has on this disk, when the real one is not allowed here. */
      readonly savedAs: string | null;
      readonly size: number;
      readonly changedAt: Time;
      readonly mediaType: string;
      readonly root: FileRoot;
      /** How it looks, told before it is here; null when nobody has told. */
      readonly look: FileLook | null;
      /** Who shared this version. */
      readonly changedBy: PersonLabel;
      /** Two versions stand, or a change and a removal; null when not (EN5). */
      readonly clash: Clash | null;
      /** It stays here, or is to come and stay, until I say otherwise (FI6). */
      readonly kept: boolean;
      readonly state: FileStage;
    };

export interface CollectionPage extends Window<CollectionItem> {
  readonly row: CollectionRow;
  /** The folder being listed, "" for the top. */
  readonly folder: string;
  /** Files left out when sharing (links, special files, names that cannot be read). */
  readonly leftOut: readonly LeftOutItem[];
  /** The first few files that rotted on this disk, wherever in the collection. */
  readonly damaged: readonly CollectionItem[];
  /** What others removed from the collection and is still on this computer; null when nothing is. */
  readonly removed: RemovedSummary | null;
}

export type TransferStage =
  | { readonly stage: "running" }
  | { readonly stage: "waiting"; readonly people: readonly PersonLabel[] }
  /** Others come first. */
  | { readonly stage: "queued" }
  /** Room has to be made on this computer. */
  | { readonly stage: "room"; readonly lack: RoomLack }
  | {
      readonly stage: "paused";
      readonly by: PausedWhat;
    }
  | { readonly stage: "done"; readonly at: Time }
  | { readonly stage: "failed"; readonly problem: ErrorCode };

export interface Transfer {
  readonly transfer: TransferId;
  /** Reading and hashing a folder of mine, or fetching from others. */
  readonly direction: "sharing" | "receiving";
  /** Why it runs: I asked for these files, or a rule or a kept mark brings them. */
  readonly reason: "asked" | "rule";
  readonly title: string;
  readonly collection: SpaceId;
  readonly files: { readonly done: number; readonly total: number };
  readonly bytes: { readonly done: number; readonly total: number };
  /** Bytes a second, smoothed; 0 when nothing moves. */
  readonly speed: number;
  /** Null while it cannot be told. */
  readonly secondsLeft: number | null;
  readonly from: readonly PersonLabel[];
  readonly state: TransferStage;
}
