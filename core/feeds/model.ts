import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";

/** A collection that somebody offers in a feed or a conversation, with the link that opens it. */
export interface SeenOffer {
  readonly space: SpaceId;
  readonly person: PersonId;
  readonly link: SpaceLink;
  /** False when the offer was taken back. */
  readonly offered: boolean;
}
