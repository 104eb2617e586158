import type {
  InviteId,
  KeepId,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import type { Space } from "./space.ts";

/**
 * Something two devices may find they both hold (ME3): a space, or an open
 * invite, which is a tiny space of two (IN2).
 */
export type MeetingKey =
  | { readonly kind: "space"; readonly id: SpaceId; readonly readKey: Buffer }
  | {
      readonly kind: "invite";
      readonly id: InviteId;
      readonly readKey: Buffer;
      /** For an invite that I opened: who made it, and must prove so before I say who I am. */
      readonly from: PersonId | null;
    }
  /** A space as a blind keeper knows it (KE1); `readKey` is its keep key. */
  | { readonly kind: "keep"; readonly id: KeepId; readonly readKey: Buffer };

/** The open invites of the moment, mine and those I opened. */
export type InviteKey = Extract<MeetingKey, { readonly kind: "invite" }>;

/** What is held blindly, and what members show so that blind keepers are met. */
export type KeepKey = Extract<MeetingKey, { readonly kind: "keep" }>;

/** Whether devices that hold this space tell each other who they are (ME4). */
export function isBetweenPersons(space: Space): boolean {
  return space.kind === "conversation" || space.kind === "self";
}
