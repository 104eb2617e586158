import type { CollectionItem } from "./collection-models.ts";
import type { EntryRef } from "./ids.ts";
import type { PersonLabel, Time } from "./models.ts";

type FileItem = Extract<CollectionItem, { readonly kind: "file" }>;

/** One moment of a file: a version of it, or its removal. */
export interface FileVersion {
  readonly version: EntryRef;
  readonly person: PersonLabel;
  /** When it was shared. */
  readonly at: Time;
  /** It stands now: nothing has taken its place. */
  readonly isStanding: boolean;
  /** Null for a removal. */
  readonly content: VersionContent | null;
}

export type VersionContent = Pick<
  FileItem,
  "root" | "size" | "changedAt" | "mediaType"
> & {
  /** `here`, or `away` with whoever has it; nobody may have it any more. */
  readonly state: FileItem["state"];
};

/** Every version of a file that is known, newest first. */
export interface FileVersions {
  readonly path: string;
  readonly name: string;
  readonly versions: readonly FileVersion[];
  /** Earlier ones that are not listed here. */
  readonly more: number;
  readonly mayWrite: boolean;
}

/** How two versions are settled. */
export type Keep =
  /** Each under a name of its own. */
  | { readonly kind: "both" }
  | { readonly kind: "version"; readonly version: EntryRef }
  /** The file goes, for somebody removed it. */
  | { readonly kind: "removal" };

/** What was done, to undo it by. */
export interface Settled {
  readonly settled: EntryRef;
  /** Paths that came to be. */
  readonly added: readonly string[];
}
