import { expect, test } from "vitest";
import { chosenPaths, toggled } from "./use-selection.ts";

test("pressing switches one path and leaves the others", () => {
  const one = toggled({ all: false, paths: new Set(["a"]) }, "b");
  expect([...one.paths]).toEqual(["a", "b"]);
  expect([...toggled(one, "a").paths]).toEqual(["b"]);
});

test("from everything, what is pressed is what remains", () => {
  expect(toggled({ all: true, paths: new Set() }, "a")).toEqual({
    all: false,
    paths: new Set(["a"]),
  });
});

test("what is done is done to all, else to what is selected, else to the one at hand", () => {
  const none = { all: false, paths: new Set<string>() };
  expect(chosenPaths({ ...none, all: true }, "letters", "a")).toEqual([
    "letters",
  ]);
  expect(chosenPaths(toggled(none, "b"), "letters", "a")).toEqual(["b"]);
  expect(chosenPaths(none, "letters", "a")).toEqual(["a"]);
  expect(chosenPaths(none, "letters", undefined)).toEqual([]);
});
