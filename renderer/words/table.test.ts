import { expect, test } from "vitest";
import { tableCutWords, tableWords } from "./table.ts";

const of = (rows: number, columns: number, hasCutCells = false) => ({
  count: { rows, columns },
  hasCutCells,
});

test("a table is counted without its first row", () => {
  expect(tableWords(of(1, 3))).toBe("1 row · 3 columns");
});

test("what of a table is not shown is one sentence, and none when all of it is", () => {
  expect(tableCutWords(of(500, 50), false)).toBe(null);
  expect(tableCutWords(of(12_340, 8), false)).toBe(
    "Shown here: the first 500 of 12,340 rows.",
  );
  expect(tableCutWords(of(12_340, 80, true), false)).toBe(
    "Shown here: the first 500 of 12,340 rows, the first 50 of 80 columns, and the beginning of long values.",
  );
  expect(tableCutWords(of(40, 8), true)).toBe("Shown here: the first 40 rows.");
});
