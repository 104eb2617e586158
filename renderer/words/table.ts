import {
  TABLE_COLUMNS,
  TABLE_ROWS,
} from "#renderer/parts/media/text/read-table.ts";
import type { TextTable } from "#renderer/parts/media/text/read-table.ts";
import { plural } from "./time.ts";

/** "12 rows · 4 columns". */
export function tableWords({ count }: Pick<TextTable, "count">): string {
  return `${plural(count.rows, "row")} · ${plural(count.columns, "column")}`;
}

/**
 * What of a table is not shown, in one sentence; null when all of it is.
 *
 * @param isCut there is more in the file than was read
 */
export function tableCutWords(
  { count, hasCutCells }: Pick<TextTable, "count" | "hasCutCells">,
  isCut: boolean,
): string | null {
  const rows = Math.min(count.rows, TABLE_ROWS);
  const parts = [
    ...(isCut
      ? [`the first ${plural(rows, "row")}`]
      : count.rows > TABLE_ROWS
        ? [`the first ${TABLE_ROWS} of ${plural(count.rows, "row")}`]
        : []),
    ...(count.columns > TABLE_COLUMNS
      ? [`the first ${TABLE_COLUMNS} of ${plural(count.columns, "column")}`]
      : []),
    ...(hasCutCells ? ["the beginning of long values"] : []),
  ];
  return parts.length === 0
    ? null
    : `Shown here: ${new Intl.ListFormat("en").format(parts)}.`;
}
