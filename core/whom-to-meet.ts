import type { LogKey, PersonId } from "#core/contract/ids.ts";
import type { Invites } from "#core/contacts/invites.ts";
import type { Self } from "#core/self/self.ts";
import type { Spaces } from "#core/spaces/spaces.ts";
import { int, maybe } from "#core/storage/database.ts";
import type { Stores } from "#core/stores.ts";

/** Questions that span several features, asked where they are put together. */

/** The latest time in the index, so that a clock set back does not put new entries before old ones. */
export function lastTime({ index }: Stores): number {
  const last = index.get("SELECT max(ms) AS ms FROM feed_entries", [], (row) =>
    maybe(row, "ms", int),
  );
  return last ?? 0;
}

export function activeContacts(self: Self): readonly PersonId[] {
  return [...self.state.peek().contacts.values()]
    .filter(({ removed }) => !removed)
    .map(({ person }) => person);
}

export function removedContacts(self: Self): readonly PersonId[] {
  return [...self.state.peek().contacts.values()]
    .filter(({ removed }) => removed)
    .map(({ person }) => person);
}

/** Contacts, and whoever shares something that I follow. */
export function peopleToDial(self: Self): readonly PersonId[] {
  const { holds } = self.state.peek();
  const founders = [...holds.values()].map(({ charter }) => charter.founder);
  const removed = new Set(removedContacts(self));
  return [...new Set([...activeContacts(self), ...founders])].filter(
    (person) => !removed.has(person),
  );
}

/** When somebody became a contact; null for whoever is none. */
export function metAt(self: Self, person: PersonId): number | null {
  const contact = self.state.peek().contacts.get(person);
  return contact === undefined || contact.removed ? null : contact.metAt;
}

export function isOfRemoved(self: Self, person: PersonId): boolean {
  return self.state.peek().contacts.get(person)?.removed === true;
}

/** ME8: nothing is announced or looked up before there is somebody to meet. */
export function hasSomebodyToMeet(self: Self, invites: Invites, me: PersonId) {
  const { holds } = self.state.peek();
  return (
    activeContacts(self).length > 0 ||
    invites.keys().length > 0 ||
    [...holds.values()].some(({ charter }) => charter.founder !== me)
  );
}

export function isOwnLog(spaces: Spaces, me: PersonId, log: LogKey): boolean {
  return spaces.all().some((space) => space.logs.get(log)?.person === me);
}

/** People whose feeds are longer than what is here. */
export function arriving(spaces: Spaces, me: PersonId): readonly PersonId[] {
  const people = new Set<PersonId>();
  for (const space of spaces.all()) {
    if (space.kind !== "feed") continue;
    for (const { log, person } of space.logs.values())
      if (person !== me && log.length > log.heldLength) people.add(person);
  }
  return [...people];
}
