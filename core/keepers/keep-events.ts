import type { PersonId } from "#core/contract/ids.ts";
import type { Self } from "#core/self/self.ts";
import type { Checks } from "./checks.ts";
import { isContactLine } from "./contact-line.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { KeepEvents, KeepLine } from "./keep-line.ts";
import type { Pledge } from "./keep-messages.ts";
import type { KeptSpaces } from "./kept-spaces.ts";
import type { MemberSide } from "./member-side.ts";
import type { OwnerSide } from "./owner-side.ts";
import type { PledgeTelling } from "./pledge-telling.ts";
import type { Pledges } from "./pledges.ts";
import type { Serving } from "./serving.ts";

/** The sides of keeping, as a line may meet them. */
export interface KeepSides {
  readonly kept: KeptSpaces;
  readonly owner: OwnerSide;
  readonly member: MemberSide;
  readonly pledges: Pledges;
  readonly checks: Checks;
}

export interface KeepEventsParts {
  readonly self: Self;
  readonly serving: Serving;
  readonly telling: PledgeTelling;
  readonly onPledge: (person: PersonId, pledge: Pledge) => void;
  /** Keeps what may be read; the rule that was broken, or null. */
  readonly onRead: (
    person: PersonId,
    spaces: readonly SpaceLink[],
  ) => Promise<string | null>;
}

/** Takes what comes over the lines to the side it is for; between persons, from contacts alone. */
export function createKeepEvents(
  { kept, owner, member, pledges, checks }: KeepSides,
  { self, serving, telling, onPledge, onRead }: KeepEventsParts,
): KeepEvents {
  const isContact = ({ session }: KeepLine, person: PersonId): boolean =>
    isContactLine(self, session, person);
  return {
    onPledge(line, person, pledge) {
      if (isContact(line, person)) {
        const isMore = telling.hear(person, pledge);
        onPledge(person, pledge);
        // What was given before there was room for it is given again.
        if (isMore) owner.tell(line, true);
      }
      return Promise.resolve();
    },
    async onWish(line, person, wish) {
      if (isContact(line, person)) await pledges.onWish(person, wish);
    },
    async onGive(line, person, { keepKey, list }) {
      if (!isContact(line, person)) return;
      const rule = await kept.give(person, keepKey, list);
      if (rule !== null) line.session.fault(rule);
    },
    async onOnly(line, person, keeps) {
      if (isContact(line, person)) await kept.only(person, new Set(keeps));
    },
    async onRead(line, person, spaces) {
      if (!isContact(line, person)) return;
      const rule = await onRead(person, spaces);
      if (rule !== null) line.session.fault(rule);
    },
    onList: (line, list) => member.onList(line.session, list),
    onHeld(line, person, held) {
      if (!isContact(line, person)) return;
      for (const { log, length } of held) checks.claim(person, log, length);
    },
    onAskBlock: (line, log, index) => serving.block(line, log, index),
  };
}
