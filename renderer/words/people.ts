import type { Presence } from "#core/contract/contact-models.ts";
import type {
  ConnectedPerson,
  PersonLabel,
  Way,
} from "#core/contract/models.ts";
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

/** "Ana is not on it." Null when nobody is left out. */
export function leftOutWords(
  people: readonly Pick<PersonLabel, "name">[],
): string | null {
  if (people.length === 0) return null;
  const verb = people.length === 1 ? "is" : "are";
  return `${peopleWords(people)} ${verb} not on it.`;
}

/** Of computers on the same network that belong to nobody I know. */
export function nearbyWords(count: number): string {
  return count === 1
    ? "One more computer on this network has Commonplace. Whose it is shows when one of you opens an invite of the other."
    : `${count.toLocaleString("en")} more computers on this network have Commonplace. Whose they are shows when somebody opens your invite.`;
}

const WAY_WORDS: Readonly<Record<Way, string>> = {
  direct: "Connected now",
  network: "Connected, on this network",
  helper: "Connected through a helper",
};

/** Beside a name in the list of who is connected. */
export function wayWords(
  person: Pick<ConnectedPerson, "way" | "helper">,
): string {
  switch (person.way) {
    case "direct":
      return "directly";
    case "network":
      return "on this network";
    case "helper":
      return person.helper === null
        ? "through a helper"
        : `through ${peopleWords([person.helper])}`;
  }
}

/** "Connected now", "On this network", "Seen yesterday", "Not met yet". */
export function presenceWords(presence: Presence, now: number): string {
  switch (presence.stage) {
    case "connected":
      return WAY_WORDS[presence.way];
    case "seen":
      return `Seen ${agoWords(presence.at, now)}`;
    case "unmet":
      return "Not met yet";
  }
}
