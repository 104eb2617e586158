import { expect, test } from "vitest";
import { leftOutLine } from "./left-out.ts";

const none = { files: 0, bytes: 0 };

test("nothing left out is nothing to say", () => {
  expect(
    leftOutLine({ temporary: none, unshareable: 0, leftOut: [] }),
  ).toBeNull();
});

test("what was left out is counted, and the first of it named with the reason", () => {
  const leftOut = ["a", "b", "c", "d", "e", "f"].map(
    (path) => ({ path, kind: "temporary" }) as const,
  );
  expect(
    leftOutLine({
      temporary: { files: 6, bytes: 1 },
      unshareable: 1,
      leftOut: [{ path: "door", kind: "link" }, ...leftOut],
    }),
  ).toBe(
    "7 files left out: door (a link to elsewhere), a (temporary), b (temporary), c (temporary), d (temporary), 2 more.",
  );
  expect(leftOutLine({ temporary: none, unshareable: 1, leftOut: [] })).toBe(
    "1 file left out.",
  );
});
