import { expect, test } from "vitest";
import { readTable, TABLE_COLUMNS, TABLE_ROWS } from "./read-table.ts";

const all = (text: string) => {
  const table = readTable(text, false);
  return table === null ? null : [table.head, ...table.rows];
};

test("quotes hold separators, line ends and quotes", () => {
  expect(
    all('who,says\r\n"Torres, Ana","a ""net"""\n"Ben\r\nOkafor",\n'),
  ).toEqual([
    ["who", "says"],
    ["Torres, Ana", 'a "net"'],
    ["Ben\nOkafor", ""],
  ]);
});

test.each([
  [
    "a comma",
    "a,b,c;d\n1,2,3",
    [
      ["a", "b", "c;d"],
      ["1", "2", "3"],
    ],
  ],
  [
    "a semicolon",
    'a;"x,y,z"\n1,5;2',
    [
      ["a", "x,y,z"],
      ["1,5", "2"],
    ],
  ],
  [
    "a tab",
    "a, b\tc, d\te\n1\t2\t3",
    [
      ["a, b", "c, d", "e"],
      ["1", "2", "3"],
    ],
  ],
  ["none: a single column", "a\rb", [["a"], ["b"]]],
] as const)("the first line tells what separates: %s", (_, text, rows) => {
  expect(all(text)).toEqual(rows);
});

test("rows of different widths are filled up, and empty lines are none", () => {
  expect(all("\n\na,b\n\n1\n1,2,3\n,\n\n")).toEqual([
    ["a", "b", ""],
    ["1", "", ""],
    ["1", "2", "3"],
    ["", "", ""],
  ]);
  expect(all("\n\r\n")).toBe(null);
  expect(all('""')).toBe(null);
});

test("a quote that nobody closed is a letter, and no line is lost", () => {
  expect(all('a,b\n"1,2\n3,"4')).toEqual([
    ["a", "b"],
    ['"1', "2"],
    ["3", '"4'],
  ]);
  expect(all('"')).toEqual([['"']]);
  expect(all('a"b,"c"d')).toEqual([['a"b', '"c"d']]);
  expect(all('"a "small" net",b')).toEqual([['a "small" net', "b"]]);
});

test("a million torn quotes are read at once", () => {
  const table = readTable(`a\n${'"x""\n'.repeat(150_001)}`, false);
  expect(table?.count.rows).toBe(150_001);
});

test("no more rows, columns and letters than a window can bear, and all are counted", () => {
  const row = Array.from({ length: 80 }, (_, at) => `${at}`).join(",");
  const table = readTable(`${`${row}\n`.repeat(2_001)}`, false);
  expect(table?.head.length).toBe(TABLE_COLUMNS);
  expect(table?.rows.length).toBe(TABLE_ROWS);
  expect(table?.count).toEqual({ rows: 2_000, columns: 80 });
  expect(table?.hasCutCells).toBe(false);
  const long = readTable(`a\n${"x".repeat(5_000)}`, false);
  expect(long?.hasCutCells).toBe(true);
  expect(long?.rows[0]?.[0]?.length).toBe(1_001);
});

test("of a text that was cut, the row in which it ends is not shown", () => {
  expect(readTable("a,b\n1,2\n3", true)?.rows).toEqual([["1", "2"]]);
  expect(readTable('a,b\n1,2\n3,"4', true)?.rows).toEqual([["1", "2"]]);
});

test("what disturbs the text around it is drawn as a dot", () => {
  expect(all("a\u202Eb,c\u0000d")).toEqual([["a·b", "c·d"]]);
});

test("columns of numbers are known, whatever stands above them", () => {
  expect(
    readTable("a;b;c;d;e\n1.240,00;-3;x1;12 %;\n;€ 7;2;1;", false)?.numbers,
  ).toEqual([true, true, false, true, false]);
});
