import { expect, test } from "vitest";
import { lengthWords } from "./length.ts";

test.each([
  [0, "0:00"],
  [7_400, "0:07"],
  [59_600, "1:00"],
  [754_000, "12:34"],
  [3_723_000, "1:02:03"],
])("%i milliseconds are %s", (ms, words) => {
  expect(lengthWords(ms)).toBe(words);
});
