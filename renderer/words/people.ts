import type { Presence } from "#core/contract/contact-models.ts";
import type { PersonLabel } from "#core/contract/models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { agoWords } from "./time.ts";

const and = new Intl.ListFormat("en", { style: "long", type: "conjunction" });

/** "Ana", "Ana and Ben", "Ana, Ben and 3 more". Names come out clean and isolated. */
export function peopleWords(
  people: readonly Pick<PersonLabel, "name">[],
  most = 2,
): string {
  const shown = people.length === most + 1 ? most + 1 : most;
  const names = people
    .slice(0, shown)
    .map((person) => `\u2068${foreignLine(person.name)}\u2069`);
  const more = people.length - names.length;
  return and.format(more > 0 ? [...names, `${more} more`] : names);
}

/** "Connected now", "On this network", "Seen yesterday", "Not met yet". */
export function presenceWords(presence: Presence, now: number): string {
  switch (presence.stage) {
    case "connected":
      return presence.near ? "Connected, on this network" : "Connected now";
    case "seen":
      return `Seen ${agoWords(presence.at, now)}`;
    case "unmet":
      return "Not met yet";
  }
}
