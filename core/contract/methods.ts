import type {
  EntryRef,
  GrantId,
  InviteId,
  PersonId,
  SpaceId,
  TransferId,
} from "./ids.ts";
import type { DoctorReport } from "./connection-models.ts";
import type { LinkPreview } from "./contact-models.ts";
import type { KeeperChoice } from "./keeper-models.ts";
import type { FoundLook } from "./look-models.ts";
import type { Audience, Draft, PostVersion } from "./feed-models.ts";
import type { CollectionRule, Freed, NotFreed } from "./keeping-models.ts";
import type { RoomSettings, SpeedLimits } from "./keeping-settings.ts";
import type { Keep, Settled } from "./version-models.ts";
import type { FolderListing, Grant, Settings } from "./models.ts";
import type { FolderExcludes } from "./watching-models.ts";

export type Nothing = Record<string, never>;

export type LockChoice =
  | { readonly kind: "keyring" }
  | { readonly kind: "password"; readonly password: string }
  | { readonly kind: "unlocked" };

/** Who a collection is for, as chosen when sharing. */
export type ShareAudience =
  | { readonly kind: "link" }
  | { readonly kind: "contacts" }
  | { readonly kind: "chosen"; readonly people: readonly PersonId[] };

/**
 * All that the interface can ask of the core: one object in, one value out.
 * Every write returns only after it is durable (DU1). Long work returns at
 * once and shows as a transfer.
 */
export interface CoreMethods {
  // --- starting
  /** Makes the identity and opens the app. `phrase` restores a person from recovery words (ID5). */
  start(input: {
    readonly name: string;
    readonly lock: LockChoice;
    readonly phrase: string | null;
  }): Nothing;
  unlock(input: { readonly password: string }): Nothing;
  /** For a lost password or a changed keyring: the recovery words of this very person. */
  unlockWithWords(input: { readonly phrase: string }): Nothing;
  /** Locks the data another way; `password` is the present one, where there is one. */
  changeLock(input: {
    readonly lock: LockChoice;
    readonly password: string | null;
  }): Nothing;
  /** The recovery words, in order. */
  showPhrase(input: Nothing): { readonly words: readonly string[] };
  setProfile(input: {
    readonly name: string;
    readonly about: string;
    /** `keep`, `remove`, or a picked picture. */
    readonly picture:
      | { readonly kind: "keep" }
      | { readonly kind: "remove" }
      | { readonly kind: "set"; readonly grant: GrantId };
  }): Nothing;
  updateSettings(input: {
    readonly theme?: Settings["theme"];
    readonly undoMs?: number;
    readonly sendHints?: boolean;
    readonly network?: Settings["network"];
    readonly useHelpers?: boolean;
    readonly beHelper?: boolean;
    readonly getGoingClosed?: boolean;
    readonly wordsSaved?: boolean;
    readonly pausedAll?: boolean;
    readonly limits?: SpeedLimits;
    readonly room?: RoomSettings;
  }): Nothing;
  setDownloadFolder(input: { readonly grant: GrantId }): Nothing;

  // --- feed
  /** Holds a post for the undo time, durably, then writes it to the log. */
  post(input: {
    readonly text: string;
    readonly audience: Audience;
    readonly replyTo: EntryRef | null;
    readonly attachments: readonly {
      readonly grant: GrantId;
      readonly alt: string;
    }[];
  }): { readonly held: string };
  /** Takes a held post back before it is written; answers false when it is out already. */
  undoPost(input: { readonly held: string }): { readonly undone: boolean };
  editPost(input: { readonly post: EntryRef; readonly text: string }): Nothing;
  /** Asks others to remove a post; copies already kept stay (promise 3). */
  withdrawPost(input: { readonly post: EntryRef }): Nothing;
  react(input: {
    readonly post: EntryRef;
    readonly emoji: string;
    readonly on: boolean;
  }): Nothing;
  /** Every version of a post, oldest first. */
  postVersions(input: { readonly post: EntryRef }): {
    readonly versions: readonly PostVersion[];
  };
  markRead(input: {
    readonly posts: readonly EntryRef[];
    readonly read: boolean;
  }): Nothing;
  /** Marks every post read; `before` undoes nothing newer. */
  markAllRead(input: Nothing): { readonly posts: readonly EntryRef[] };
  saveDraft(input: {
    readonly place: string;
    readonly text: string;
    readonly audience: Audience;
  }): Nothing;
  readDraft(input: { readonly place: string }): {
    readonly draft: Draft | null;
  };

  // --- contacts
  createInvite(input: {
    readonly lifeMs: number;
    readonly uses: number;
    readonly message: string;
  }): { readonly invite: InviteId; readonly link: string };
  withdrawInvite(input: {
    readonly invite: InviteId;
    readonly withdrawn: boolean;
  }): Nothing;
  answerRequest(input: {
    readonly invite: InviteId;
    readonly person: PersonId;
    readonly accept: boolean;
  }): Nothing;
  /** Reads a link without acting on it (IN6). */
  readLink(input: { readonly link: string }): LinkPreview;
  /** Acts on a link after its page was shown: asks to become contacts, or follows a collection. */
  openLink(input: { readonly link: string }): Nothing;
  /** Stops waiting for an invite that I opened. */
  closeInvite(input: { readonly invite: InviteId }): Nothing;
  setNickname(input: {
    readonly person: PersonId;
    readonly nickname: string | null;
  }): Nothing;
  removeContact(input: {
    readonly person: PersonId;
    readonly removed: boolean;
  }): Nothing;

  // --- connection
  /** Looks at the chain from this computer to friends, link by link; takes up to fifteen seconds. */
  examine(input: Nothing): DoctorReport;
  /** Connects to a contact's computer by its address, `host:port`, on a network where nobody is found by themselves. */
  connectTo(input: { readonly address: string }): Nothing;
  /** Cuts the internet for this app for five minutes, to see what works without; or ends that. */
  setDrill(input: { readonly on: boolean }): Nothing;

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
  /** Copies files and folders into the folder of an own collection; nothing there is replaced. */
  copyIntoFolder(input: {
    readonly collection: SpaceId;
    readonly grants: readonly GrantId[];
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
  /** Fetches files; `paths` name files or folders, "" is everything. Null folder: the chosen download folder. */
  download(input: {
    readonly collection: SpaceId;
    readonly paths: readonly string[];
    readonly folder: GrantId | null;
  }): { readonly transfer: TransferId };
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
  cancelTransfer(input: { readonly transfer: TransferId }): Nothing;
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
  }): Nothing;
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
  /** Puts freed files back; false when it is too late. */
  undoFree(input: { readonly batch: string }): { readonly undone: boolean };

  // --- keepers
  /** What somebody keeps for me, and whether they may read it (KE1). */
  setKeeper(input: KeeperChoice): Nothing;
  /** How much I keep for a contact, in bytes; 0 stops and frees what was kept. */
  setKeptFor(input: {
    readonly person: PersonId;
    readonly bytes: number;
    readonly until: number | null;
  }): Nothing;
  /** Makes this a machine that keeps for whoever takes its invite, within so many bytes in all. */
  keepForAll(input: { readonly bytes: number }): Nothing;

  // --- this computer
  /** Lets the person pick with the desktop's own dialog; `supported: false` where there is none. */
  pick(input: { readonly what: "folder" | "files" }): {
    readonly supported: boolean;
    readonly grants: readonly Grant[];
  };
  /** The browser host's folder chooser; null is the home folder. Refused elsewhere. */
  listFolders(input: { readonly path: string | null }): FolderListing;
  /** Grants a folder found through `listFolders`. Refused elsewhere. */
  grantFolder(input: { readonly path: string }): Grant;
}

export type CoreMethod = keyof CoreMethods;
export type MethodInput<M extends CoreMethod> = Parameters<CoreMethods[M]>[0];
export type MethodOutput<M extends CoreMethod> = ReturnType<CoreMethods[M]>;
