import type { PersonLabel } from "#core/contract/models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { CommandError, EXITS } from "./command-error.ts";

/** The one of these with this name or id; `what` says of whom, as in "contact". */
export function findPerson<T extends PersonLabel>(
  people: readonly T[],
  which: string,
  what: string,
): T {
  const found = people.filter(
    ({ name, person }) => name === which || person === which,
  );
  const [only] = found;
  if (only === undefined)
    throw new CommandError(
      `There is no ${what} called ${foreignLine(which)}.`,
      EXITS.refused,
      "not-found",
    );
  if (found.length > 1)
    throw new CommandError(
      `Several are called ${foreignLine(which)}. Take one of these ids: ${found.map(({ person }) => person).join(" ")}`,
      EXITS.refused,
    );
  return only;
}
