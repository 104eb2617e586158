import { expect, test } from "vitest";
import { slices } from "./slices.ts";

test("what comes one by one is given some at a time, the rest at the end", async () => {
  const given: (readonly number[])[] = [];
  for await (const slice of slices([1, 2, 3, 4, 5], 2)) given.push(slice);
  expect(given).toEqual([[1, 2], [3, 4], [5]]);
});

test("of nothing there is no slice", async () => {
  let count = 0;
  for await (const slice of slices([], 2)) count += 1 + slice.length;
  expect(count).toBe(0);
});
