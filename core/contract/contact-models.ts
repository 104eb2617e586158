import type { ErrorCode } from "./errors.ts";
import type { InviteId, PersonId, SpaceId } from "./ids.ts";
import type { CollectionRow } from "./collection-models.ts";
import type { Post } from "./feed-models.ts";
import type { PersonLabel, Time, Way, Window } from "./models.ts";

export type Presence =
  | { readonly stage: "connected"; readonly way: Way }
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
      /** A machine that stays on and holds copies for others. */
      readonly isKeeper: boolean;
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
