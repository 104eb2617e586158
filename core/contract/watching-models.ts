import type { ErrorCode } from "./errors.ts";

/** What is left out when a folder is shared, as chosen. */
export interface FolderExcludes {
  /** Files and folders whose names begin with a dot. */
  readonly hidden: boolean;
  /** What systems and programs leave behind: `Thumbs.db`, `~$report.docx`, `node_modules` … */
  readonly temporary: boolean;
  /** Patterns of names (`*.log`), or of paths when they hold a `/` (`drafts/**`). */
  readonly patterns: readonly string[];
}

/** How an own folder stands that is watched for changes. */
export type WatchStage =
  /** Looked at for the first time in this run of the app. */
  | { readonly stage: "checking" }
  /** Nothing to share that was not shared. */
  | { readonly stage: "rests" }
  /** Something changed and is left alone for a moment, lest it is shared half-done. */
  | { readonly stage: "pending"; readonly changes: number }
  | {
      readonly stage: "sharing";
      readonly done: number;
      readonly total: number;
    }
  /** Many files are gone at once; others keep them on their list until the person says so. */
  | { readonly stage: "asking"; readonly gone: number }
  /** The folder is not there, or another one is in its place. */
  | { readonly stage: "missing" }
  | { readonly stage: "failed"; readonly problem: ErrorCode };

export interface FolderWatchRow {
  /** Whether changes are shared by themselves. */
  readonly live: boolean;
  readonly excludes: FolderExcludes;
  /** Where changes are not heard of: how often the folder is looked through; null where they are. */
  readonly everyMs: number | null;
  readonly stage: WatchStage;
}

/** Why something in a folder is not shared. */
export type LeftOutKind =
  | "hidden"
  | "temporary"
  | "pattern"
  | "link"
  | "special"
  | "unreadable"
  | "name"
  | "long"
  | "app-data"
  | "litter";

export interface Counted {
  readonly files: number;
  readonly bytes: number;
}

export interface LeftOutItem {
  readonly path: string;
  readonly kind: LeftOutKind;
}

/** What sharing a folder would share, while it is counted and after. */
export interface SharePreview {
  readonly stage: "counting" | "done";
  /** Why it could not be counted; what was counted before that stands. */
  readonly problem: ErrorCode | null;
  readonly shared: Counted;
  /** What would be left out, whether it is chosen to be or not: hidden and temporary files are counted either way. */
  readonly hidden: Counted;
  readonly temporary: Counted;
  /** Left out by the chosen patterns. */
  readonly patterns: Counted;
  /** Links, special files and what cannot be read. */
  readonly unshareable: number;
  /** Of these, those whose names cannot be read, or not carried. */
  readonly unnamed: number;
  /** Folders with nothing in them; those in what is left out are not counted. */
  readonly emptyFolders: number;
  /** What is left out now, the first of it. */
  readonly leftOut: readonly LeftOutItem[];
  /** For a collection that is shared already: files on its list that would go from it, the first of them. */
  readonly leaving: {
    readonly files: number;
    readonly first: readonly string[];
  };
}
