import type { PersonId, SpaceId } from "./ids.ts";
import type { Presence } from "./contact-models.ts";
import type { PersonLabel, Time } from "./models.ts";

/** What I let somebody keep for me. */
export interface KeeperChoice {
  readonly person: PersonId;
  /** `blind`: holds copies and cannot read them; `stopped`: keeps nothing more. */
  readonly mode: "blind" | "readable" | "stopped";
  readonly feeds: boolean;
  readonly collections: readonly SpaceId[];
  /** At most this many bytes; null is as much as they hold for me. */
  readonly bytes: number | null;
  readonly until: Time | null;
}

/** What was seen of what a keeper has, by asking for parts of it back (KE5). */
export interface Coverage {
  /** 0 to 1 of what it is to keep; null before the first check. */
  readonly share: number | null;
  /** 0 to 1 of the posts and what was changed about them; null where it is to keep none. */
  readonly posts: number | null;
  /** Files it is to keep, and those of them that it has as far as was seen. */
  readonly files: { readonly shown: number; readonly all: number };
  readonly checkedAt: Time | null;
  /** Posts, changes and files it had or said to have, and could not show. */
  readonly gone: number;
}

/** Somebody who keeps for me. */
export interface MyKeeper extends PersonLabel, Omit<KeeperChoice, "person"> {
  /** A machine that only keeps; else a contact. */
  readonly isMachine: boolean;
  readonly presence: Presence;
  /** What they hold for me, as they say; null before they did. */
  readonly pledge: {
    readonly bytes: number;
    readonly until: Time | null;
    readonly used: number;
  } | null;
  readonly coverage: Coverage;
}

/** Somebody for whom I keep. */
export interface KeptFor extends PersonLabel {
  /** Room that is promised; 0 for somebody who found none left. */
  readonly bytes: number;
  readonly until: Time | null;
  readonly used: number;
}

/** A contact who holds room for me that is not in use: they keep nothing of mine yet. */
export type HeldRoom = PersonLabel & NonNullable<MyKeeper["pledge"]>;

export interface KeepersState {
  readonly mine: readonly MyKeeper[];
  readonly offers: readonly HeldRoom[];
  readonly others: readonly KeptFor[];
  /** Room in bytes for whoever takes an invite of this keeper; null where each is decided. */
  readonly keepForAll: number | null;
}
