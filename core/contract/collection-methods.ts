import type {
  EntryRef,
  GrantId,
  PersonId,
  SpaceId,
  TransferId,
} from "./ids.ts";
import type { FoundLook } from "./look-models.ts";
import type { CollectionRule, Freed, NotFreed } from "./keeping-models.ts";
import type { Keep, Settled } from "./version-models.ts";
import type { FolderExcludes } from "./watching-models.ts";
import type { Nothing } from "./nothing.ts";

/** Who a collection is for, as chosen when sharing. */
export type ShareAudience =
  | { readonly kind: "link" }
  | { readonly kind: "contacts" }
  | { readonly kind: "chosen"; readonly people: readonly PersonId[] };

/** What the interface can ask about collections, the files in them, and the room these take. */
export interface CollectionMethods {
  // --- collections
  /** Starts reading and hashing a folder; answers with the collection it becomes. */
  shareFolder(input: {
    readonly folder: GrantId;
    readonly title: string;
    readonly about: string;
    readonly audience: ShareAudience;
    /** What is left out; temporary files when it is not said. */
    readonly excludes?: FolderExcludes;
  }): { readonly collection: SpaceId; readonly transfer: TransferId };
  /** Makes a collection of some files that lie in one folder; nothing else of that folder is shared. */
  shareFiles(input: {
    readonly files: readonly GrantId[];
    readonly title: string;
    readonly about: string;
    readonly audience: ShareAudience;
  }): { readonly collection: SpaceId; readonly transfer: TransferId };
  /** Whether changes in the folder are shared by themselves, and what is left out of it. */
  setFolderOptions(input: {
    readonly collection: SpaceId;
    readonly live: boolean;
    readonly excludes: FolderExcludes;
  }): Nothing;
  /** Says where the folder of an own collection lies now. Refused for a folder with other files in it. */
  findFolder(input: {
    readonly collection: SpaceId;
    readonly folder: GrantId;
  }): Nothing;
  /** Takes files that are gone from the folder off the list, after it was asked about them. */
  removeGone(input: { readonly collection: SpaceId }): Nothing;
  /** Copies files and folders into the folder of an own collection, without what is left out of the folders; nothing there is replaced. */
  copyIntoFolder(input: {
    readonly collection: SpaceId;
    readonly grants: readonly GrantId[];
    readonly excludes?: FolderExcludes;
  }): { readonly copied: number };
  /** Lets exactly these people add and change things in a collection of mine; what others wrote stays. */
  setWriters(input: {
    readonly collection: SpaceId;
    readonly people: readonly PersonId[];
  }): Nothing;
  /**
   * Takes a folder as mine for a collection I may write in: what others change
   * arrives there, what I change there is shared. Null: where it was
   * downloaded. A folder with other things in it gets one of its own inside.
   */
  joinFolder(input: {
    readonly collection: SpaceId;
    readonly folder: GrantId | null;
  }): Nothing;
  /** The folder is an ordinary one again; nothing in it is touched. */
  leaveFolder(input: { readonly collection: SpaceId }): Nothing;
  /** Settles two versions of a file (EN5). */
  resolveVersions(input: {
    readonly collection: SpaceId;
    readonly path: string;
    readonly keep: Keep;
  }): Settled;
  /** Undoes that: both stand again. `not-found` when somebody went on from there. */
  reopenVersions(
    input: {
      readonly collection: SpaceId;
      readonly path: string;
    } & Settled,
  ): Nothing;
  /** Makes an earlier version the newest one. */
  putBack(input: {
    readonly collection: SpaceId;
    readonly path: string;
    readonly version: EntryRef;
  }): Nothing;
  /** Reads the folder of an own collection again and shares what changed. */
  updateCollection(input: { readonly collection: SpaceId }): {
    readonly transfer: TransferId;
  };
  /** Takes a collection off my list (an own one: asks others to drop it too). */
  removeCollection(input: {
    readonly collection: SpaceId;
    readonly removed: boolean;
  }): Nothing;
  collectionLink(input: { readonly collection: SpaceId }): {
    readonly link: string;
  };
  /**
   * Fetches files; `paths` name files or folders, "" is everything. Null folder: the chosen
   * download folder. Answers with those paths that name nothing too: the others are fetched.
   */
  download(input: {
    readonly collection: SpaceId;
    readonly paths: readonly string[];
    readonly folder: GrantId | null;
  }): { readonly transfer: TransferId; readonly missing: readonly string[] };
  /**
   * Puts copies of what is on this computer into a folder that was picked;
   * nothing there is replaced. `away` files are not here, and were left out.
   */
  saveCopies(input: {
    readonly collection: SpaceId;
    readonly paths: readonly string[];
    readonly folder: GrantId;
  }): { readonly saved: number; readonly away: number };
  /** Opens a file that is here in another app, or shows it in its folder. */
  openFile(input: {
    readonly collection: SpaceId;
    readonly path: string;
    readonly how: "open" | "show";
  }): Nothing;
  pauseTransfer(input: {
    readonly transfer: TransferId;
    readonly paused: boolean;
  }): Nothing;
  /** `undo` takes it up where it was, for a moment; null for the first reading of a folder, which is no collection then. */
  cancelTransfer(input: { readonly transfer: TransferId }): {
    readonly undo: string | null;
  };
  retryTransfer(input: { readonly transfer: TransferId }): Nothing;
  clearTransfers(input: Nothing): Nothing;
  /** What the interface found out of the files in `untoldFiles`; told to everybody who has the collection (FI12). */
  describeFiles(input: { readonly looks: readonly FoundLook[] }): Nothing;
  /** Moves a transfer that is not done one place up or down in the order. */
  moveTransfer(input: {
    readonly transfer: TransferId;
    readonly to: "up" | "down";
  }): Nothing;

  // --- room on this computer
  /** Keeps files and folders here until I say otherwise, and brings what is missing; "" is everything, what comes later too (FI6). */
  keep(input: {
    readonly collection: SpaceId;
    readonly paths: readonly string[];
    readonly kept: boolean;
  }): { readonly undo: string };
  /** Undoes what a call answered with a name for it: all is exactly as before. False when it is too late. */
  undo(input: { readonly undo: string }): { readonly undone: boolean };
  /**
   * Keeps files as my own that others removed from a collection: they stay where
   * they are, and nothing more is asked. `freeSpace` removes them instead.
   */
  keepRemoved(input: {
    readonly collection: SpaceId;
    readonly paths: readonly string[];
  }): { readonly undo: string };
  /** What comes to this computer by itself; shows as a transfer. */
  setCollectionRule(input: {
    readonly collection: SpaceId;
    readonly rule: CollectionRule;
  }): Nothing;
  setCollectionPaused(input: {
    readonly collection: SpaceId;
    readonly paused: boolean;
  }): Nothing;
  /**
   * Removes files from this computer that came from others; they stay listed.
   * What is kept and what nobody else has is refused, unless `insist` (FI6).
   * At most 1,000 of the refused ones are told.
   */
  freeSpace(input: {
    readonly collection: SpaceId;
    readonly paths: readonly string[];
    readonly insist: boolean;
  }): {
    readonly freed: Freed | null;
    readonly refused: readonly NotFreed[];
    readonly refusedFiles: number;
  };
  /**
   * What to do with a damaged file in a folder of mine: get it again from
   * somebody who has it, or keep and share it as it is now.
   */
  mendFile(input: {
    readonly collection: SpaceId;
    readonly path: string;
    readonly how: "again" | "keep";
  }): Nothing;
  /** Lets the bytes of all earlier versions of files go, a moment later; `undo` keeps them. */
  freeVersions(input: Nothing): {
    readonly versions: number;
    readonly bytes: number;
    readonly undo: string;
  };
  /** Puts freed files back; false when it is too late. */
  undoFree(input: { readonly batch: string }): { readonly undone: boolean };
}
