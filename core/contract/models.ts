import type { ErrorCode } from "./errors.ts";
import type { FileRoot, GrantId, PersonId } from "./ids.ts";
import type { RoomSettings, SpeedLimits } from "./keeping-settings.ts";

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
  | {
      readonly stage: "failed";
      readonly problem: ErrorCode;
      /** What failed and with which code, for whoever helps; null when there is no more to say. */
      readonly detail: string | null;
    };

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

/** How far the app may go (ME7). */
export type NetworkReach = "everywhere" | "this-network" | "nobody";

/** How a person is connected: straight over the internet, on this network, or through a helper. */
export type Way = "direct" | "network" | "helper";

export interface ConnectedPerson extends PersonLabel {
  readonly way: Way;
  /** The helper in between, where it is known by name. */
  readonly helper: PersonLabel | null;
}

export interface NetworkState {
  readonly reach: NetworkReach;
  readonly stage:
    /** Before the first invite: nothing is announced or looked up (ME8). */
    | "quiet"
    /** No network at all on this computer. */
    | "offline"
    | "searching"
    | "connected"
    /** A person asked for no network. */
    | "paused";
  readonly connected: readonly ConnectedPerson[];
  /** Contacts that the present reach leaves out: met before, and not on this network. */
  readonly leftOut: readonly PersonLabel[];
  /** Computers with this app heard on this network, whoever they belong to; contacts among them. */
  readonly nearby: number;
  /** Contacts that said they help, as far as they are known now (ME9). */
  readonly helpers: readonly PersonLabel[];
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
  readonly network: NetworkReach;
  /** Go through a helper where no direct line comes about (ME9). */
  readonly useHelpers: boolean;
  /** Carry lines of contacts that cannot reach each other (ME9). */
  readonly beHelper: boolean;
  /** The first steps were put away, and the recovery words were written down. */
  readonly getGoingClosed: boolean;
  readonly wordsSaved: boolean;
  /** No files are fetched or given until the person resumes; posts still come and go. */
  readonly pausedAll: boolean;
  readonly limits: SpeedLimits;
  readonly room: RoomSettings;
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
