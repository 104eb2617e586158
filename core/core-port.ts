import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import type { FileRoot } from "#core/contract/ids.ts";
import type { Grant } from "#core/contract/models.ts";
import type { Network } from "#core/network/port.ts";
import type { Handlers, StateSources } from "#core/rpc/handlers.ts";

/**
 * What stands between the core and whatever it runs in: Electron's utility
 * process, the browser host, or a test.
 */

/** The computer's own secret store. Null in the options where there is none that counts (ID4). */
export interface Keyring {
  /** Wraps a secret so that only this person on this computer can unwrap it. */
  seal(secret: Uint8Array): Promise<Uint8Array>;
  /** Rejects when the store has changed or is locked. */
  unseal(sealed: Uint8Array): Promise<Uint8Array>;
}

/** The desktop around the app, as far as there is one. */
export interface Desktop {
  /** Absolute paths that a person picked; empty when they changed their mind, null where nothing can be picked. */
  pick(what: "folder" | "files"): Promise<readonly string[] | null>;
  /** Opens a file in its own app; programs and the like are shown in their folder instead. */
  open(path: string): Promise<void>;
  /** Shows a file in its folder. */
  show(path: string): Promise<void>;
  /** Whether the page may list folders of this computer (`listFolders`, `grantFolder`): the browser host only. */
  readonly canListFolders: boolean;
}

/** How full disks are. */
export interface DiskSpace {
  /** The disk a folder lies on, and the bytes of it that may still be written. */
  look(
    folder: string,
  ): Promise<{ readonly disk: string; readonly free: number }>;
}

/** Bytes asked for before the size is known: from `start` (to before `end`, or to the last), or the `last` ones. */
export type ByteRange =
  | { readonly start: number; readonly end: number | null }
  | { readonly last: number };

/** A file being read. */
export interface OpenFile {
  /** Bytes of the whole file. */
  readonly size: number;
  readonly mediaType: string;
  /** The first byte that comes, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /**
   * Verified bytes `start` to before `end` (FI2); throws `file-away` when nobody
   * in reach holds them. Null when the range lies outside the file.
   */
  readonly stream: AsyncIterable<Uint8Array> | null;
}

/** Bytes of files by content, fetched and verified on demand. */
export interface FileSource {
  /** Null when no space on this computer names this root. `signal` ends the fetching and the stream. @throws `not-ready`, `file-away`, `disk-full` */
  open(
    root: FileRoot,
    range: ByteRange | null,
    signal: AbortSignal,
  ): Promise<OpenFile | null>;
}

/** Things a person picked, dropped or uploaded, known to the page by id and name only. */
export interface Grants {
  /** @throws `not-found` when there is nothing at this path */
  add(path: string): Promise<Grant>;
  /**
   * Grants bytes that lie nowhere yet, such as a pasted picture: they are written
   * into `incoming/` first, and handled like an upload from then on.
   * @throws `file-large` beyond `HANDED_BYTES`, `disk-full`
   */
  addBytes(bytes: Uint8Array, name: string): Promise<Grant>;
  /** Grants a file that was uploaded into `incoming/` of the data folder; the core removes it when it was used or never was. */
  addUpload(path: string, name: string): Promise<Grant>;
}

export interface CoreOptions {
  /** Absolute path of the folder that holds everything of this person. Made when missing. */
  readonly dataFolder: string;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly keyring: Keyring | null;
  readonly desktop: Desktop;
  /** This computer's disks when left out. */
  readonly disks?: DiskSpace;
}

/**
 * The whole product without a window. `createCore(options)` rejects with
 * `store-busy` when another copy of the app holds the data folder; every other
 * problem at start shows as the state `app`.
 */
export interface Core extends Resource {
  readonly handlers: Handlers;
  readonly states: StateSources;
  readonly files: FileSource;
  readonly grants: Grants;
  /** The desktop says that the computer woke up, or that its network changed. */
  wake(): void;
}
