import type { PersonLabel } from "#core/contract/models.ts";
import type { Clash } from "#core/contract/collection-models.ts";
import type { FileVersion } from "#core/contract/version-models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { peopleWords } from "./people.ts";
import { dayWords, plural, timeOfDay } from "./time.ts";

/** "Two versions", "3 versions", "Removed by one, changed by another". */
export function clashWords({ versions, isRemoved }: Clash): string {
  if (versions < 2) return "Changed and removed";
  const count = versions === 2 ? "Two versions" : plural(versions, "version");
  return isRemoved ? `${count}, and removed` : count;
}

/** "You", "Ana". Clean and isolated. */
export function whoWords(person: PersonLabel): string {
  return person.isMe ? "You" : peopleWords([person]);
}

/** "Ana, 23 Nov, 14:05". */
export function versionWords(
  version: Pick<FileVersion, "person" | "at">,
  now: number,
): string {
  return `${whoWords(version.person)}, ${dayWords(version.at, now)}, ${timeOfDay(version.at)}`;
}

/** The same for where names are kept apart from words anyway. */
export function versionLabel(
  version: Pick<FileVersion, "person" | "at">,
  now: number,
): string {
  const who = version.person.isMe ? "You" : foreignLine(version.person.name);
  return `${who}, ${dayWords(version.at, now)}, ${timeOfDay(version.at)}`;
}

/** "Use mine", "Use Ana's"; with the time where one person has several. */
export function chooseWords(
  version: Pick<FileVersion, "person" | "at">,
  isOnlyOfPerson: boolean,
): string {
  const whose = version.person.isMe
    ? "Use mine"
    : `Use ${peopleWords([version.person])}’s`;
  return isOnlyOfPerson ? whose : `${whose} of ${timeOfDay(version.at)}`;
}

/** "Ana removed this; Ben changed it." */
export function removalWords(
  removed: readonly PersonLabel[],
  changed: readonly PersonLabel[],
): string {
  const some = removed.map((it) => (it.isMe ? { name: "You" } : it));
  const others = changed.map((it) => (it.isMe ? { name: "you" } : it));
  return `${peopleWords(some)} removed this; ${peopleWords(others)} changed it.`;
}
