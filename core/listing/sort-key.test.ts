import { expect, test } from "vitest";
import { plainName, sortKey } from "./sort-key.ts";

function sorted(names: readonly string[]): readonly string[] {
  return [...names].sort((a, b) =>
    Buffer.compare(Buffer.from(sortKey(a)), Buffer.from(sortKey(b))),
  );
}

test("names are ordered the way people count", () => {
  const names = [
    "part 1.txt",
    "Part 2.txt",
    "part 002b.txt",
    "part 10.txt",
    "part 100.txt",
    "Zoë.txt",
  ];
  expect(sorted([...names].reverse())).toEqual(names);
});

test("case and accents decide only between names that are otherwise equal", () => {
  expect(sorted(["eb", "Éa", "ea"])).toEqual(["ea", "Éa", "eb"]);
  expect(sortKey("a")).not.toBe(sortKey("A"));
});

test("a name is found without its accents", () => {
  expect(plainName("Été À LA Plage")).toBe("ete a la plage");
});
