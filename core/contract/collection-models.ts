import type { ErrorCode } from "./errors.ts";
import type { FileRoot, SpaceId, TransferId } from "./ids.ts";
import type { PersonLabel, Time, Window } from "./models.ts";

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
}

export type FileStage =
  | { readonly stage: "here" }
  /** Known, not on this computer. `holders` are people in reach who have it. */
  | { readonly stage: "away"; readonly holders: readonly PersonLabel[] }
  | { readonly stage: "coming"; readonly done: number }
  | { readonly stage: "waiting" }
  | { readonly stage: "paused"; readonly done: number }
  /** The file on disk is no longer the one that was shared. */
  | { readonly stage: "changed" }
  | { readonly stage: "failed"; readonly problem: ErrorCode };

export type CollectionItem =
  | {
      readonly kind: "folder";
      readonly path: string;
      readonly name: string;
      readonly files: number;
      readonly bytes: number;
      readonly filesHere: number;
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
      readonly state: FileStage;
    };

export interface CollectionPage extends Window<CollectionItem> {
  readonly row: CollectionRow;
  /** The folder being listed, "" for the top. */
  readonly folder: string;
  /** Files left out when sharing (links, special files, names that cannot be read). */
  readonly leftOut: readonly string[];
}

export type TransferStage =
  | { readonly stage: "running" }
  | { readonly stage: "waiting"; readonly people: readonly PersonLabel[] }
  | { readonly stage: "paused" }
  | { readonly stage: "done"; readonly at: Time }
  | { readonly stage: "failed"; readonly problem: ErrorCode };

export interface Transfer {
  readonly transfer: TransferId;
  /** Reading and hashing a folder of mine, or fetching from others. */
  readonly direction: "sharing" | "receiving";
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
