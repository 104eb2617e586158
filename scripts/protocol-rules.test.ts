import { describe, expect, test } from "vitest";
import {
  numbersIn,
  protocolProblems,
  rulesOf,
  testNamesOf,
} from "./protocol-rules.mjs";

const DOCUMENT = [
  "## ID · identity",
  "- **ID1** A person is a key.",
  "- **ID2** (not yet) A device is another.",
  "Not a rule: **ID3**, in a sentence.",
].join("\n");

describe("the protocol check", () => {
  test("reads rules and whether they are in force", () => {
    expect(rulesOf(DOCUMENT)).toEqual([
      { number: "ID1", inForce: true },
      { number: "ID2", inForce: false },
    ]);
  });

  test("reads names of tests, of tables of tests and of groups", () => {
    const code = [
      'describe("one", () => {});',
      "test('two \"quoted\"', () => {});",
      "test.each(rows)(`three`, () => {});",
      'test(\n  "four",\n  async () => {},\n);',
      'expect(text("five")).toBe("six");',
    ].join("\n");
    expect(testNamesOf(code)).toEqual(
      expect.arrayContaining(["one", 'two "quoted"', "three", "four"]),
    );
  });

  test("reads numbers and ranges of numbers", () => {
    expect(numbersIn("FI7, FI8: names; ME3–ME5 and IN1-2; FIX9 XME1")).toEqual([
      "FI7",
      "FI8",
      "ME3",
      "ME4",
      "ME5",
      "IN1",
      "IN2",
    ]);
  });

  test("has nothing to say when each rule in force has its test", () => {
    const names = [{ path: "a.test.ts", name: "ID1: a person is a key" }];
    expect(protocolProblems(rulesOf(DOCUMENT), names)).toEqual([]);
  });

  test("names a rule without a test, one that is tested too early, one that is not there, one that is there twice", () => {
    const names = [
      { path: "a.test.ts", name: "ID2: a device is another" },
      { path: "b.test.ts", name: "ID9: nobody wrote this" },
    ];
    expect(
      protocolProblems(rulesOf(`${DOCUMENT}\n- **ID1** Again.`), names),
    ).toEqual([
      "ID1 is there twice",
      "ID1 is in force and no test carries it",
      "ID1 is in force and no test carries it",
      'ID2 is marked "not yet" and a test carries it: a.test.ts',
      "no rule ID9, which a test names: b.test.ts",
    ]);
  });
});
