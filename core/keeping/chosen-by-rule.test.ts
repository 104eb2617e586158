import { expect, test } from "vitest";
import type { CollectionRule } from "#core/contract/keeping-models.ts";
import { chosenByRule } from "./chosen-by-rule.ts";

const missing = [
  { path: "old.mp4", size: 600, mediaType: "video/mp4", changedAt: 1 },
  { path: "new.jpg", size: 300, mediaType: "image/jpeg", changedAt: 9 },
  { path: "notes.pdf", size: 100, mediaType: "application/pdf", changedAt: 5 },
  {
    path: "thing.xyz",
    size: 50,
    mediaType: "application/octet-stream",
    changedAt: 3,
  },
];
const chosen = (rule: CollectionRule, bytesHere = 0): readonly string[] =>
  chosenByRule(rule, missing, bytesHere).map(({ path }) => path);

test("only what is opened: nothing comes by itself", () => {
  expect(chosen({ kind: "opened" })).toEqual([]);
});

test("everything is everything", () => {
  expect(chosen({ kind: "everything" })).toHaveLength(4);
});

test("up to: the newest first, as long as it fits beside what is here", () => {
  expect(chosen({ kind: "up-to", bytes: 460 })).toEqual([
    "new.jpg",
    "notes.pdf",
    "thing.xyz",
  ]);
  expect(chosen({ kind: "up-to", bytes: 460 }, 200)).toEqual([
    "notes.pdf",
    "thing.xyz",
  ]);
  expect(chosen({ kind: "up-to", bytes: 460 }, 460)).toEqual([]);
});

test("kinds: what a person would call so", () => {
  expect(chosen({ kind: "kinds", kinds: ["pictures", "documents"] })).toEqual([
    "new.jpg",
    "notes.pdf",
  ]);
  expect(chosen({ kind: "kinds", kinds: ["other"] })).toEqual(["thing.xyz"]);
});
