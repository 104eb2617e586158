import type {
  InviteId,
  KeepId,
  PersonId,
  SpaceId,
} from "#core/contract/ids.ts";
import type { Random } from "#core/base/random.ts";
import type { Line } from "#core/network/port.ts";
import { padTags } from "./meet-messages.ts";
import type { Space } from "./space.ts";
import { tagOf } from "./topics.ts";

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

/** What was found to be common, by its kind. */
export function idsOf(shared: readonly MeetingKey[]): {
  readonly spaces: readonly SpaceId[];
  readonly invites: readonly InviteId[];
  readonly keeps: readonly KeepId[];
} {
  return {
    spaces: shared.flatMap((key) => (key.kind === "space" ? [key.id] : [])),
    invites: shared.flatMap((key) => (key.kind === "invite" ? [key.id] : [])),
    keeps: shared.flatMap((key) => (key.kind === "keep" ? [key.id] : [])),
  };
}

/** What this side of a line shows for what it holds, with random tags between (ME3). */
export function tagsOf(
  keys: readonly MeetingKey[],
  { handshakeHash, isInitiator }: Line,
  random: Random,
): Buffer {
  const tags = keys.map(({ readKey }) =>
    tagOf(readKey, handshakeHash, isInitiator),
  );
  return padTags(tags, random);
}
