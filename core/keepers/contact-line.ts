import type { PersonId } from "#core/contract/ids.ts";
import type { Self } from "#core/self/self.ts";
import { spaceIdOf } from "#core/spaces/charter.ts";
import type { Session } from "#core/spaces/session.ts";

/** Whether a line leads to a contact: nobody else gives or is promised anything. */
export function isContactLine(
  self: Self,
  session: Session,
  person: PersonId,
): boolean {
  const contact = self.state.peek().contacts.get(person);
  return (
    contact !== undefined &&
    !contact.removed &&
    session.common.peek().has(spaceIdOf(contact.conversation.charter))
  );
}
