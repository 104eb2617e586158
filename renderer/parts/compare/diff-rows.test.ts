import { expect, test } from "vitest";
import { diffRows, type DiffLine } from "./diff-rows.ts";
import { foldedRows } from "./folded-rows.ts";

const drawn = (line: DiffLine | null) =>
  line === null
    ? null
    : `${String(line.number)} ${line.parts.map((part) => (part.isNew ? `[${part.text}]` : part.text)).join("")}`;

function rowsOf(before: string, after: string) {
  return diffRows(before.split("\n"), after.split("\n")).rows.map((row) => [
    drawn(row.left),
    drawn(row.right),
  ]);
}

test("lines that were changed stand side by side, their new words marked", () => {
  expect(
    rowsOf("one\nthe pond at ten\nlast", "one\nthe pond at noon\nlast"),
  ).toEqual([
    ["1 one", "1 one"],
    ["2 the pond at [ten]", "2 the pond at [noon]"],
    ["3 last", "3 last"],
  ]);
});

test("lines that were taken out or added have nothing beside them", () => {
  expect(rowsOf("a\nb", "a\nb\nc")).toEqual([
    ["1 a", "1 a"],
    ["2 b", "2 b"],
    [null, "3 c"],
  ]);
  expect(rowsOf("a\nb", "b")).toEqual([
    ["1 a", null],
    ["2 b", "1 b"],
  ]);
});

test("J7: two texts without anything in common are given up in time", () => {
  const lines = (name: string) =>
    Array.from({ length: 60_000 }, (_, at) => `${name}${String(at)}`);
  const began = performance.now();
  const { isExact, rows } = diffRows(lines("a"), lines("b"));
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(isExact).toBe(false);
  expect(rows).toHaveLength(60_000);
});

test("what is alike is folded away but for three lines around each difference", () => {
  const before = Array.from({ length: 40 }, (_, at) => `line ${String(at)}`);
  const after = before.map((line, at) => (at === 20 ? "other" : line));
  const { rows } = diffRows(before, after);
  const shown = foldedRows(rows, new Set());
  expect(shown.filter((one) => one.kind === "fold")).toEqual([
    { kind: "fold", from: 0, count: 17 },
    { kind: "fold", from: 24, count: 16 },
  ]);
  expect(shown.filter((one) => one.kind === "row")).toHaveLength(7);
  expect(foldedRows(rows, new Set([0, 24]))).toHaveLength(40);
});
