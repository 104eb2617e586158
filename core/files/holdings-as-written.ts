import type { Database } from "#core/storage/database.ts";
import { readPairs } from "#core/storage/pairs.ts";
import { CHANGED } from "./holdings-rows.ts";
import type { Holding } from "./model.ts";

/** The content of those of some files that have the size and time they were written down with. */
export function asWritten(
  db: Database,
  files: readonly Pick<Holding, "absolutePath" | "size" | "mtimeMs">[],
): ReadonlyMap<string, string> {
  const asked = files.map((it) => [it.absolutePath, it.size, it.mtimeMs]);
  return db.packed(
    `SELECT json_group_array(json_array(h.path, h.root)) AS packed
     FROM json_each(?) j CROSS JOIN holdings h ON h.path = j.value ->> 0
     WHERE h.size = j.value ->> 1 AND h.mtime_ms = j.value ->> 2
       AND h.changed <> ${String(CHANGED)}`,
    [JSON.stringify(asked)],
    readPairs,
  );
}
