import { int } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import type { Value } from "#core/storage/value.ts";

type Table = "collection_files" | "collection_folders";

/** Some rows of a list and how many there are: files or folders of one collection, by name. `?1` is its number. */
export function windowOf<T>(
  index: Database,
  table: Table,
  where: string,
  values: readonly Value[],
  { first, count }: { readonly first: number; readonly count: number },
  read: (row: Row) => T,
): { readonly total: number; readonly items: readonly T[] } {
  const total =
    index.get(
      `SELECT count(*) AS n FROM ${table} WHERE collection = ?1 AND ${where}`,
      values,
      (row) => int(row, "n"),
    ) ?? 0;
  if (count <= 0 || first >= total) return { total, items: [] };
  const items = index.all(
    windowSql(table, where, values.length),
    [...values, count, first],
    read,
  );
  return { total, items };
}

/**
 * Names are put in order, and those before the window passed over, without the
 * rest of their rows: of 100,000 that would be read for a hundred.
 */
export function windowSql(table: Table, where: string, values: number): string {
  return `SELECT t.* FROM
      (SELECT path FROM ${table} WHERE collection = ?1 AND ${where}
       ORDER BY sort, path LIMIT ?${String(values + 1)} OFFSET ?${String(values + 2)}) k
    CROSS JOIN ${table} t ON t.collection = ?1 AND t.path = k.path
    ORDER BY t.sort, t.path`;
}
