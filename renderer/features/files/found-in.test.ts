import { expect, test } from "vitest";
import { foundIn } from "./found-in.ts";

test("what was found deeper says in which folder, seen from the one on the screen", () => {
  expect(foundIn("notes.txt", "")).toBeNull();
  expect(foundIn("letters/2026/may.txt", "")).toBe("letters/2026");
  expect(foundIn("letters/2026/may.txt", "letters")).toBe("2026");
  expect(foundIn("letters/2026/may.txt", "letters/2026")).toBeNull();
  expect(foundIn("letters 2/may.txt", "letters")).toBeNull();
});
