import type { InviteId, PersonId } from "#core/contract/ids.ts";
import type { SelfEntry } from "#core/self/self-entries.ts";
import type { SelfState } from "#core/self/self-state.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { Answer, Request, RefusalReason } from "./contact-messages.ts";
import { chosenConversation } from "./pair-conversation.ts";

export type Decision =
  | { readonly kind: "welcome"; readonly conversation: SpaceLink }
  | { readonly kind: "asked" }
  | { readonly kind: "refused"; readonly reason: RefusalReason }
  /** Not an invite of mine: the other end broke a rule. */
  | { readonly kind: "foreign" };

export interface DecisionInput {
  readonly person: PersonId;
  readonly request: Request;
  readonly now: number;
  /** I said yes to this person myself; else only an invite for one is answered by itself. */
  readonly isApproved: boolean;
  /** Makes the conversation of the pair; called only for a new contact. */
  readonly newConversation: () => SpaceLink;
}

/**
 * Whether a person who opened an invite becomes a contact, and what must be on
 * disk before they are told so (IN4). Pure: run inside `Self.decide`, so that
 * of any number of takers of an invite for one exactly one is welcomed.
 */
export function decideRequest(
  state: SelfState,
  input: DecisionInput,
): { readonly entries: readonly SelfEntry[]; readonly result: Decision } {
  const { person, request, now } = input;
  const invite = state.invites.get(request.invite);
  if (invite === undefined) return only({ kind: "foreign" });
  const known = state.contacts.get(person);
  const isTaken = invite.takenBy.includes(person);
  // Somebody whose line broke before the answer came may ask again.
  if (known !== undefined && !known.removed)
    return only({ kind: "welcome", conversation: known.conversation });
  if (invite.withdrawn)
    return only({ kind: "refused", reason: "invite-withdrawn" });
  if (invite.expiresAt <= now)
    return only({ kind: "refused", reason: "invite-expired" });
  // A removed contact needs a new invite: their place in the old one is spent.
  if (isTaken || invite.takenBy.length >= invite.uses)
    return only({ kind: "refused", reason: "invite-used" });
  if (invite.uses > 1 && !input.isApproved) return only({ kind: "asked" });
  const conversation = known?.conversation ?? input.newConversation();
  return {
    entries: [
      { type: "invite-taken", invite: request.invite, person },
      {
        type: "contact",
        person,
        name: request.name,
        metAt: now,
        conversation,
        feeds: known?.feeds ?? [],
        removed: false,
      },
    ],
    result: { kind: "welcome", conversation },
  };
}

/** What to write down when the maker of an invite welcomed me. Pure: run inside `Self.decide`. */
export function welcomed(
  state: SelfState,
  answer: {
    readonly invite: InviteId;
    readonly person: PersonId;
    readonly name: string;
    readonly conversation: SpaceLink;
    readonly now: number;
  },
): readonly SelfEntry[] {
  const { invite, person, name, now } = answer;
  const known = state.contacts.get(person) ?? null;
  return [
    {
      type: "contact",
      person,
      name: known?.name ?? name,
      metAt: known?.metAt ?? now,
      conversation: chosenConversation(known, answer.conversation),
      feeds: known?.feeds ?? [],
      removed: false,
    },
    { type: "opened-ended", invite, outcome: "done" },
  ];
}

/** What a decision says to whoever asked; null where nothing is to be said. */
export function answerTo(invite: InviteId, decision: Decision): Answer | null {
  switch (decision.kind) {
    case "welcome":
      return {
        outcome: "welcome",
        invite,
        conversation: decision.conversation,
      };
    case "asked":
      return { outcome: "asked", invite };
    case "refused":
      return { outcome: "refused", invite, reason: decision.reason };
    case "foreign":
      return null;
  }
}

function only(result: Decision) {
  return { entries: [], result };
}
