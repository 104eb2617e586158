import type { PersonId } from "#core/contract/ids.ts";
import type { Random } from "#core/base/random.ts";
import type { SelfContact } from "#core/self/self-state.ts";
import {
  inOrder,
  newNonce,
  newReadKey,
  spaceIdOf,
} from "#core/spaces/charter.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";

/** The conversation that two people get when they become contacts; the inviter founds it (IN3). */
export function newPairConversation(
  founder: PersonId,
  other: PersonId,
  random: Random,
): SpaceLink {
  return {
    charter: {
      v: 1,
      kind: "conversation",
      founder,
      nonce: newNonce(random),
      members: inOrder([founder, other]),
    },
    readKey: newReadKey(random),
  };
}

/** Whether a link is the conversation of exactly these two, founded by one of them. */
export function isPairConversation(
  { charter }: SpaceLink,
  pair: readonly PersonId[],
): boolean {
  return (
    charter.kind === "conversation" &&
    pair.includes(charter.founder) &&
    charter.members.join() === inOrder(pair).join()
  );
}

/**
 * Which conversation a pair keeps. Two who invite each other at the same time
 * found one each; the one with the lower id stays, so that both keep the same.
 */
export function chosenConversation(
  known: SelfContact | null,
  offered: SpaceLink,
): SpaceLink {
  if (known === null || known.removed) return offered;
  const own = known.conversation;
  return spaceIdOf(own.charter) < spaceIdOf(offered.charter) ? own : offered;
}
