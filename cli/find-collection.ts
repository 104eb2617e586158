import type { CollectionRow } from "#core/contract/collection-models.ts";
import type { App } from "./app.ts";
import { CommandError, EXITS } from "./command-error.ts";

/** The collection with this title or id. */
export async function findCollection(
  app: App,
  which: string,
): Promise<CollectionRow> {
  const rows = await app.read("collections", {});
  const found = rows.filter(
    (row) => row.title === which || row.collection === which,
  );
  const [only] = found;
  if (only === undefined)
    throw new CommandError(
      `There is no collection called ${which}.`,
      EXITS.refused,
    );
  if (found.length > 1)
    throw new CommandError(
      `Several collections are called ${which}. Take one of these ids: ${found.map((row) => row.collection).join(" ")}`,
      EXITS.refused,
    );
  return only;
}
