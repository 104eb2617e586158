import { expect, test } from "vitest";
import { leftOutLine } from "./left-out.ts";

test("nothing left out is nothing to say", () => {
  expect(leftOutLine({ leftOut: [] })).toBeNull();
});

test("the first of what was left out is named with the reason, and the rest is counted", () => {
  const leftOut = ["a", "b", "c", "d", "e", "f"].map(
    (path) => ({ path, kind: "temporary" }) as const,
  );
  const door = { path: "door", kind: "link" } as const;
  expect(leftOutLine({ leftOut: [door, ...leftOut] })).toBe(
    "Left out: door (a link to elsewhere), a (temporary), b (temporary), c (temporary), d (temporary), 2 more.",
  );
  expect(leftOutLine({ leftOut: [door] })).toBe(
    "Left out: door (a link to elsewhere).",
  );
});
