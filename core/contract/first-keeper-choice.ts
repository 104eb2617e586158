import type { PersonId } from "./ids.ts";
import type { KeeperChoice } from "./keeper-models.ts";

/** What a contact who holds room is let keep at first: posts, as far as the room goes, and readable. */
export function firstKeeperChoice(person: PersonId): KeeperChoice {
  return {
    person,
    mode: "readable",
    feeds: true,
    collections: [],
    bytes: null,
    until: null,
  };
}
