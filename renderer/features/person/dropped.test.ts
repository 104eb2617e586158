import { expect, test } from "vitest";
import * as v from "valibot";
import { grantIdSchema } from "#core/contract/ids.ts";
import { chooseDropped } from "./dropped.ts";

const granted = (name: string, size: number | null) => ({
  grant: v.parse(grantIdSchema, "a".repeat(16)),
  name,
  size,
});
const folder = granted("Trip", null);
const file = granted("a.txt", 3);

test("of several folders and files dropped together, what is not taken is told", () => {
  expect(chooseDropped([file, folder, granted("Songs", null)])).toEqual({
    folder,
    files: [],
    left: "Only “Trip” is taken: one folder at a time. Drop the other 2 items after it.",
  });
});

test("one folder, or files alone, are taken whole", () => {
  expect(chooseDropped([folder])).toEqual({ folder, files: [], left: null });
  expect(chooseDropped([file, file])).toEqual({
    folder: null,
    files: [file, file],
    left: null,
  });
});
