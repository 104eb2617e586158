import type { FileRoot, SpaceId } from "./ids.ts";
import type { PersonLabel, Time } from "./models.ts";

/** What a file is to a person, told from its type. */
export const FILE_KINDS = [
  "pictures",
  "audio",
  "video",
  "documents",
  "other",
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** What of a collection comes to this computer by itself, new files too. */
export type CollectionRule =
  /** Only what I open or download. */
  | { readonly kind: "opened" }
  | { readonly kind: "everything" }
  /** The newest files, as long as all of the collection here stays within so many bytes. */
  | { readonly kind: "up-to"; readonly bytes: number }
  | { readonly kind: "kinds"; readonly kinds: readonly FileKind[] };

/** Why downloads wait for room. */
export type RoomLack =
  /** The app has used what it may use. */
  | "limit"
  /** The disk has no more than what is to stay free. */
  | "disk";

/** Room on this computer, and who and what takes it. */
export interface RoomState {
  /** Bytes the app may use, and uses: files of others, attachments, posts. */
  readonly limit: number;
  readonly used: number;
  /** Bytes free on the disk. */
  readonly diskFree: number;
  /** Bytes of a disk that stay free: as chosen, and never less than `DISK_FLOOR_BYTES`. */
  readonly alwaysFree: number;
  /** Null when nothing waits for room. */
  readonly lack: RoomLack | null;
  readonly people: readonly RoomOfPerson[];
  readonly collections: readonly RoomOfCollection[];
  readonly kinds: readonly RoomOfKind[];
  /** Pictures and files of posts. */
  readonly attachments: number;
  /** Earlier versions of files that newer ones replaced here. */
  readonly versions: { readonly versions: number; readonly bytes: number };
  /** Posts, messages and lists: what the app needs to work. */
  readonly records: number;
  /** My own shared folders: mine anyway, and not counted. */
  readonly yours: number;
  /** Freed a moment ago, and still to be had back. */
  readonly undo: Freed | null;
}

export interface RoomOfPerson {
  readonly person: PersonLabel;
  readonly files: number;
  readonly bytes: number;
}

export interface RoomOfCollection {
  readonly collection: SpaceId;
  readonly title: string;
  readonly owner: PersonLabel;
  readonly files: number;
  readonly bytes: number;
  /** Of them, bytes that are kept until I say otherwise. */
  readonly kept: number;
}

export interface RoomOfKind {
  readonly kind: FileKind;
  readonly files: number;
  readonly bytes: number;
}

/** Files that were freed together. */
export interface Freed {
  readonly batch: string;
  readonly files: number;
  readonly bytes: number;
}

export type FreeRefusal =
  /** Nobody else is known to have it. */
  | "only-copy"
  /** The person changed it since it came; it is theirs now. */
  | "changed"
  /** It is a file of mine, shared from its own folder. */
  | "yours"
  /** It is kept until I say otherwise. */
  | "kept"
  /** It cannot be moved or removed. */
  | "unreadable";

/** A file that was not freed, and why. */
export interface NotFreed {
  readonly path: string;
  readonly size: number;
  readonly reason: FreeRefusal;
  /** For an only copy: who had it last, and when that was. */
  readonly lastHad: { readonly person: PersonLabel; readonly at: Time } | null;
}

/** A file on this computer that can be freed. */
export interface FreeableFile {
  readonly collection: SpaceId;
  readonly title: string;
  readonly owner: PersonLabel;
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
  readonly root: FileRoot;
  readonly kept: boolean;
}

/** What goes over all lines now, and what limits it. */
export interface Traffic {
  /** Bytes a second. */
  readonly down: number;
  readonly up: number;
  /** The limits in force at this moment. */
  readonly limitDown: number | null;
  readonly limitUp: number | null;
  /** When these limits end by the schedule; null when they do not. */
  readonly until: Time | null;
  readonly pausedAll: boolean;
}
