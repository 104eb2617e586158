import type { EntryRef, GrantId, PersonId, SpaceId } from "./ids.ts";
import type {
  CollectionPage,
  CollectionRow,
  Transfer,
} from "./collection-models.ts";
import type { CopiesPage } from "./copies-models.ts";
import type { Drill } from "./connection-models.ts";
import type { Contact, Invites, PersonPage } from "./contact-models.ts";
import type { Feed, FeedFilter, HeldPost, Thread } from "./feed-models.ts";
import type { KeepersState } from "./keeper-models.ts";
import type { FreeableFile, RoomState, Traffic } from "./keeping-models.ts";
import type { AppState, Me, NetworkState, Settings, Window } from "./models.ts";
import type { RemovedRow } from "./removed-models.ts";
import type { Nothing } from "./nothing.ts";
import type { UntoldFile } from "./look-models.ts";
import type { FileVersions } from "./version-models.ts";
import type { FolderExcludes, SharePreview } from "./watching-models.ts";

/**
 * All that the interface can watch: whole values, coalesced to one message a
 * task, never deltas. Long lists are windows.
 */
export interface CoreStates {
  app: { readonly params: Nothing; readonly value: AppState };
  me: { readonly params: Nothing; readonly value: Me | null };
  network: { readonly params: Nothing; readonly value: NetworkState };
  drill: { readonly params: Nothing; readonly value: Drill };
  settings: { readonly params: Nothing; readonly value: Settings };
  feed: {
    readonly params: {
      readonly filter: FeedFilter;
      readonly first: number;
      readonly count: number;
    };
    readonly value: Feed;
  };
  held: { readonly params: Nothing; readonly value: readonly HeldPost[] };
  thread: {
    readonly params: { readonly post: EntryRef };
    readonly value: Thread | null;
  };
  contacts: { readonly params: Nothing; readonly value: readonly Contact[] };
  invites: { readonly params: Nothing; readonly value: Invites };
  keepers: { readonly params: Nothing; readonly value: KeepersState };
  person: {
    readonly params: {
      readonly person: PersonId;
      readonly first: number;
      readonly count: number;
    };
    readonly value: PersonPage | null;
  };
  collections: {
    readonly params: Nothing;
    readonly value: readonly CollectionRow[];
  };
  collection: {
    readonly params: {
      readonly collection: SpaceId;
      readonly folder: string;
      readonly search: string;
      readonly first: number;
      readonly count: number;
    };
    readonly value: CollectionPage | null;
  };
  /** Who has a collection, a folder of it or a file; null while it is being counted, or when there is none. */
  copies: {
    readonly params: { readonly collection: SpaceId; readonly path: string };
    readonly value: CopiesPage | null;
  };
  /** What sharing a folder would share, or, of a shared one, what another choice would; counted while somebody looks. */
  sharePreview: {
    readonly params: {
      readonly folder:
        | { readonly kind: "grant"; readonly grant: GrantId }
        | { readonly kind: "collection"; readonly collection: SpaceId };
      readonly excludes: FolderExcludes;
    };
    readonly value: SharePreview | null;
  };
  /** What others removed from a collection and is still on this computer, by path. */
  removedFiles: {
    readonly params: {
      readonly collection: SpaceId;
      readonly first: number;
      readonly count: number;
    };
    readonly value: Window<RemovedRow>;
  };
  /** Every known version of a file; null when there is no such file. */
  versions: {
    readonly params: { readonly collection: SpaceId; readonly path: string };
    readonly value: FileVersions | null;
  };
  transfers: { readonly params: Nothing; readonly value: readonly Transfer[] };
  /** A few own pictures, films and sounds whose look nobody has told yet: for whoever can decode them. */
  untoldFiles: {
    readonly params: Nothing;
    readonly value: readonly UntoldFile[];
  };
  traffic: { readonly params: Nothing; readonly value: Traffic };
  room: { readonly params: Nothing; readonly value: RoomState | null };
  /** Files that can be freed, largest first. */
  freeable: {
    readonly params: { readonly first: number; readonly count: number };
    readonly value: Window<FreeableFile>;
  };
}

export type CoreStateName = keyof CoreStates;
export type StateParams<S extends CoreStateName> = CoreStates[S]["params"];
export type StateValue<S extends CoreStateName> = CoreStates[S]["value"];
