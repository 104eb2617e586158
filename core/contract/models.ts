import type { ErrorCode } from "./errors.ts";
import type {
  EntryRef,
  FileRoot,
  GrantId,
  InviteId,
  PersonId,
  SpaceId,
  TransferId,
} from "./ids.ts";

/** Milliseconds since 1970, UTC. */
export type Time = number;

/** A slice of a long list: `items` starts at `first` of `total`. */
export interface Window<Item> {
  readonly first: number;
  readonly total: number;
  readonly items: readonly Item[];
}

/** How the data on this computer is locked (ID4). */
export type LockKind = "keyring" | "password" | "unlocked";

/** Where the app stands. Every start problem is a stage, never a crash. */
export type AppState =
  | { readonly stage: "starting" }
  /** No identity yet; `locks` are the ways this computer can lock it, best first. */
  | { readonly stage: "setup"; readonly locks: readonly LockKind[] }
  | { readonly stage: "locked"; readonly lock: "password" | "keyring" }
  | { readonly stage: "ready"; readonly lock: LockKind }
  | { readonly stage: "failed"; readonly problem: ErrorCode };

/** A picture or file by content, with what is needed to show it before it is here. */
export interface FileLink {
  readonly root: FileRoot;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
}

/** A person as every screen shows them. */
export interface PersonLabel {
  readonly person: PersonId;
  /** The name to show: my nickname for them, else the name they chose, else a short form of the id. */
  readonly name: string;
  readonly picture: FileLink | null;
  readonly isMe: boolean;
}

export interface Me extends PersonLabel {
  readonly about: string;
}

/** Who can read a post: my contacts, or everyone who has the link to my open feed. */
export type Audience = "contacts" | "link";

export interface Attachment extends FileLink {
  /** What the picture shows, for people who cannot see it. */
  readonly alt: string;
  /** Whether its bytes are on this computer. */
  readonly here: boolean;
}

export interface Reaction {
  readonly emoji: string;
  readonly people: readonly PersonLabel[];
  readonly mine: boolean;
}

/** Where copies of an own post are; null for posts of others. */
export type Copies =
  | null
  /** Durable here and nowhere else. */
  | { readonly stage: "here" }
  /** Held in full by these people too. */
  | { readonly stage: "out"; readonly people: readonly PersonLabel[] };

export interface Post {
  readonly ref: EntryRef;
  readonly author: PersonLabel;
  readonly audience: Audience;
  readonly at: Time;
  /** The author's clock is far ahead; `at` is when it arrived here (EN3). */
  readonly clockAhead: boolean;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Number of edits; 0 for a post that never changed. */
  readonly edits: number;
  /** Two devices edited the same version; both texts stand until one is chosen (EN5). */
  readonly otherVersions: readonly string[];
  /** When the author asked for removal; the copy here stays (promise 3). */
  readonly withdrawnAt: Time | null;
  readonly reactions: readonly Reaction[];
  readonly replyCount: number;
  readonly replyTo: EntryRef | null;
  readonly unread: boolean;
  readonly copies: Copies;
}

export interface PostVersion {
  readonly text: string;
  readonly at: Time;
}

/** A post that can still be taken back: durable here, not yet in the log. */
export interface HeldPost {
  readonly id: string;
  readonly text: string;
  readonly audience: Audience;
  readonly attachments: readonly string[];
  readonly replyTo: EntryRef | null;
  readonly until: Time;
}

export type FeedFilter = "all" | "unread" | "files" | "mine";

export interface Feed extends Window<Post> {
  readonly filter: FeedFilter;
  readonly unread: number;
  /** People whose posts are still on their way. */
  readonly arriving: readonly PersonLabel[];
}

export interface Thread {
  readonly post: Post;
  /** The post this one answers; null when it answers none or it is not here. */
  readonly parent: Post | null;
  /** This post answers one that is not on this computer. */
  readonly parentMissing: boolean;
  /** Every reply below the post, oldest first; `replyTo` gives the tree. */
  readonly replies: readonly Post[];
}

export type Presence =
  | { readonly stage: "connected"; readonly near: boolean }
  | { readonly stage: "seen"; readonly at: Time }
  | { readonly stage: "unmet" };

export interface Contact extends PersonLabel {
  /** The name they chose for themself. */
  readonly ownName: string;
  readonly nickname: string | null;
  readonly presence: Presence;
  readonly metAt: Time;
  readonly lastPostAt: Time | null;
}

/** An invite I made. */
export interface MadeInvite {
  readonly invite: InviteId;
  readonly link: string;
  readonly madeAt: Time;
  readonly expiresAt: Time;
  readonly uses: number;
  readonly message: string;
  readonly takenBy: readonly PersonLabel[];
  readonly withdrawn: boolean;
  /** People who opened an invite for several and wait for my answer. */
  readonly requests: readonly {
    readonly person: PersonId;
    readonly name: string;
    readonly message: string;
  }[];
}

/** An invite I opened. */
export interface OpenedInvite {
  readonly invite: InviteId;
  readonly person: PersonId;
  readonly name: string;
  readonly openedAt: Time;
  readonly state:
    | { readonly stage: "waiting" }
    /** Reached the inviter, who answers by hand. */
    | { readonly stage: "asked" }
    | { readonly stage: "done" }
    | { readonly stage: "refused"; readonly reason: ErrorCode };
}

export interface Invites {
  readonly made: readonly MadeInvite[];
  readonly opened: readonly OpenedInvite[];
}

/** What a link is, before anything is done with it (IN6). */
export type LinkPreview =
  | {
      readonly kind: "invite";
      readonly invite: InviteId;
      readonly person: PersonId;
      readonly name: string;
      readonly message: string;
      readonly expiresAt: Time;
      /** Already a contact: opening it changes nothing. */
      readonly known: boolean;
    }
  | {
      readonly kind: "collection";
      readonly collection: SpaceId;
      readonly person: PersonId;
      readonly title: string;
      readonly known: boolean;
    };

export interface PersonPage {
  readonly label: PersonLabel;
  readonly about: string;
  /** Null for a person who is not a contact. */
  readonly contact: Contact | null;
  readonly posts: Window<Post>;
  readonly collections: readonly CollectionRow[];
}

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

export interface NetworkState {
  readonly stage:
    /** Before the first invite: nothing is announced or looked up (ME8). */
    | "quiet"
    /** No network at all on this computer. */
    | "offline"
    | "searching"
    | "connected"
    /** A person asked for no network. */
    | "paused";
  readonly connected: readonly PersonLabel[];
  /** Addresses of this computer on its own network, as `host:port`, for connecting by address. */
  readonly addresses: readonly string[];
}

export type Theme = "system" | "light" | "dark";

export interface Settings {
  readonly theme: Theme;
  /** The name of the folder downloads land in; null until one was chosen. */
  readonly downloadFolder: string | null;
  readonly undoMs: number;
  readonly sendHints: boolean;
  readonly network: "everywhere" | "nobody";
}

/** A folder on the machine the core runs on, for the browser host's chooser. */
export interface FolderListing {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly { readonly name: string; readonly path: string }[];
}

/** Something picked, dropped or uploaded, known by name and grant only. */
export interface Grant {
  readonly grant: GrantId;
  readonly name: string;
  readonly size: number | null;
}

export interface Draft {
  readonly text: string;
  readonly audience: Audience;
  readonly savedAt: Time;
}
