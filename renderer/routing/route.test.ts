import { expect, test } from "vitest";
import { postRef } from "#renderer/testing/fake-ids.ts";
import { readEntry } from "./route.ts";

test("a place is read back from its history entry", () => {
  const entry = {
    route: { screen: "post", post: postRef("Ana", 3) },
    depth: 2,
  };
  expect(readEntry(entry)).toEqual(entry);
});

test.each([
  null,
  "home",
  {},
  { route: { screen: "admin" }, depth: 0 },
  { route: { screen: "post", post: "x" }, depth: 0 },
])("what is not a place is none: %j", (value) => {
  expect(readEntry(value)).toBeNull();
});
