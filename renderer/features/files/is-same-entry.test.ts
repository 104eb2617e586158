import { expect, test } from "vitest";
import { fakeItems } from "#renderer/testing/fake-items.ts";
import { isSameEntry } from "./is-same-entry.ts";

const [item] = fakeItems(1_000, true, []);
const actions = {};
const entry = { item, index: 3, isSelected: false, actions };

test("a file that came again with another window is drawn as before", () => {
  expect(isSameEntry(entry, { ...entry, item: structuredClone(item) })).toBe(
    true,
  );
});

test("a file that changed, or is selected, is drawn anew", () => {
  if (item === undefined) throw new Error("no item");
  const changed = { ...item, kept: !item.kept };
  expect(isSameEntry(entry, { ...entry, item: changed })).toBe(false);
  expect(isSameEntry(entry, { ...entry, isSelected: true })).toBe(false);
  expect(isSameEntry(entry, { ...entry, actions: {} })).toBe(false);
  expect(isSameEntry(entry, { ...entry, item: undefined })).toBe(false);
});
