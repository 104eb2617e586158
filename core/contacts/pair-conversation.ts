import type { PersonId } from "#core/contract/ids.ts";
import type { Random } from "#core/base/random.ts";
import { inOrder, newNonce, newReadKey } from "#core/spaces/charter.ts";
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

/** Whether a link is the conversation of exactly these two, founded by the first. */
export function isPairConversation(
  { charter }: SpaceLink,
  founder: PersonId,
  other: PersonId,
): boolean {
  return (
    charter.kind === "conversation" &&
    charter.founder === founder &&
    charter.members.join() === inOrder([founder, other]).join()
  );
}
