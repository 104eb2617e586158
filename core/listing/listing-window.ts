import { int } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import type { Value } from "#core/storage/value.ts";

/** Some rows of a list and how many there are: files or folders of one collection, by name. `?1` is its number. */
export function windowOf<T>(
  index: Database,
  table: "collection_files" | "collection_folders",
  where: string,
  values: readonly Value[],
  { first, count }: { readonly first: number; readonly count: number },
  read: (row: Row) => T,
): { readonly total: number; readonly items: readonly T[] } {
  const from = `FROM ${table} WHERE collection = ?1 AND ${where}`;
  const total =
    index.get(`SELECT count(*) AS n ${from}`, values, (row) => int(row, "n")) ??
    0;
  if (count <= 0 || first >= total) return { total, items: [] };
  const limit = `LIMIT ?${String(values.length + 1)} OFFSET ?${String(values.length + 2)}`;
  const items = index.all(
    `SELECT * ${from} ORDER BY sort, path ${limit}`,
    [...values, count, first],
    read,
  );
  return { total, items };
}
