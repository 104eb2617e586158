import { expect, test } from "vitest";
import { toggled } from "./use-selection.ts";

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
