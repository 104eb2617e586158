import { expect, test } from "vitest";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { isKeepable, keepIdOf, keepKeyOf, keepKeyOfSpace } from "./keep-key.ts";
import { tagOf, topicOf } from "./topics.ts";

const random = seededRandom("keep keys");
const readKey = random.bytes(32);

test("KE1: the keep key follows from the read key, and its topics and tags have nothing in common with those of the space", () => {
  const keepKey = keepKeyOf(readKey);
  expect(keepKey).toEqual(keepKeyOf(Buffer.from(readKey)));
  expect(keepKey).not.toEqual(keepKeyOf(random.bytes(32)));
  expect(keepKeyOfSpace({ readKey })).toEqual({
    kind: "keep",
    id: keepIdOf(keepKey),
    readKey: keepKey,
  });
  expect(topicOf(keepKey, 1)).not.toEqual(topicOf(readKey, 1));
  const hash = random.bytes(64);
  expect(tagOf(keepKey, hash, true)).not.toEqual(tagOf(readKey, hash, true));
});

test("KE1: the derivation is the one that is written down", () => {
  expect(keepKeyOf(Buffer.alloc(32, 1)).toString("hex")).toBe(
    "8c8f2c3b575e693f9a8b1ec37e2860d608c64629eb68857a46917274f8234b5a",
  );
});

test("KE1: conversations and one's own notes are kept by nobody blindly", () => {
  expect(isKeepable({ kind: "feed" })).toBe(true);
  expect(isKeepable({ kind: "collection" })).toBe(true);
  expect(isKeepable({ kind: "conversation" })).toBe(false);
  expect(isKeepable({ kind: "self" })).toBe(false);
});
