import type { EntryRef, GrantId, InviteId, PersonId } from "./ids.ts";
import type { DoctorReport } from "./connection-models.ts";
import type { LinkPreview } from "./contact-models.ts";
import type { KeeperChoice } from "./keeper-models.ts";
import type { Audience, Draft, PostVersion } from "./feed-models.ts";
import type { RoomSettings, SpeedLimits } from "./keeping-settings.ts";
import type { FolderListing, Grant, Settings } from "./models.ts";
import type { CollectionMethods } from "./collection-methods.ts";
import type { Nothing } from "./nothing.ts";

export type LockChoice =
  | { readonly kind: "keyring" }
  | { readonly kind: "password"; readonly password: string }
  | { readonly kind: "unlocked" };

/**
 * All that the interface can ask of the core: one object in, one value out.
 * Every write returns only after it is durable (DU1). Long work returns at
 * once and shows as a transfer.
 */
export interface CoreMethods extends CollectionMethods {
  // --- starting
  /** Makes the identity and opens the app. `phrase` restores a person from recovery words (ID5). */
  start(input: {
    readonly name: string;
    readonly lock: LockChoice;
    readonly phrase: string | null;
  }): Nothing;
  /** Tries a start that failed once more. */
  startAgain(input: Nothing): Nothing;
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

  // --- keepers
  /** What somebody keeps for me, and whether they may read it (KE1). */
  setKeeper(input: KeeperChoice): Nothing;
  /** How much I keep for a contact, in bytes; 0 stops and frees what was kept. */
  setKeptFor(input: {
    readonly person: PersonId;
    readonly bytes: number;
    readonly until: number | null;
  }): Nothing;
  /** Makes this a machine that keeps for whoever takes its invite, within so many bytes in all, shared among so many people. */
  keepForAll(input: {
    readonly bytes: number;
    readonly people: number;
  }): Nothing;

  // --- this computer
  /** Lets the person pick with the desktop's own dialog; `supported: false` where there is none. */
  pick(input: { readonly what: "folder" | "files" }): {
    readonly supported: boolean;
    readonly grants: readonly Grant[];
  };
  /** The browser host's folder chooser; null is the home folder. Refused elsewhere. */
  listFolders(input: { readonly path: string | null }): FolderListing;
  /** Makes a folder inside one found through `listFolders`, and lists it. Refused elsewhere. */
  makeFolder(input: {
    readonly path: string;
    readonly name: string;
  }): FolderListing;
  /** Grants a folder found through `listFolders`. Refused elsewhere. */
  grantFolder(input: { readonly path: string }): Grant;
}

export type CoreMethod = keyof CoreMethods;
export type MethodInput<M extends CoreMethod> = Parameters<CoreMethods[M]>[0];
export type MethodOutput<M extends CoreMethod> = ReturnType<CoreMethods[M]>;
