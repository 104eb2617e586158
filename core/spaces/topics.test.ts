import { expect, test } from "vitest";
import { TAGS_PADDING, TAGS_PER_LINE } from "#core/contract/limits.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { padTags, splitTags } from "./meet-messages.ts";
import { TAG_BYTES, dayOf, tagOf, topicOf, topicsAt } from "./topics.ts";

const KEY = Buffer.from(Array.from({ length: 32 }, (_, n) => n));
const HASH = Buffer.alloc(64, 7);
const HOUR_MS = 60 * 60 * 1000;
const NOON = Date.UTC(2031, 0, 1, 12);

// Worked out apart from this code, with Python's hashlib.
test("ME2: the topic of a day is a keyed BLAKE2b-256 of its number", () => {
  expect(topicOf(KEY, 20_000).toString("hex")).toBe(
    "6e26580d2b0d012325f7cf33c992458b80197b66dd42ee013b69e93d7ac1d6b9",
  );
});

test("ME2: no two days and no two spaces share a topic", () => {
  const random = seededRandom("topics");
  const keys = Array.from({ length: 50 }, () => random.bytes(32));
  const topics = keys.flatMap((key) =>
    Array.from({ length: 40 }, (_, day) => topicOf(key, 20_000 + day)),
  );
  expect(new Set(topics.map((topic) => topic.toString("hex"))).size).toBe(2000);
});

test("ME2: around midnight both days' topics are used, before and after it the other's beside, at noon one", () => {
  const midnight = NOON + 12 * HOUR_MS;
  const days = [dayOf(NOON), dayOf(NOON) + 1];
  const [today, tomorrow] = days.map((day) => topicOf(KEY, day));
  expect(topicsAt(KEY, NOON)).toEqual({ today: [today], beside: [] });
  expect(topicsAt(KEY, midnight - HOUR_MS)).toEqual({
    today: [today],
    beside: [tomorrow],
  });
  for (const now of [midnight - 1, midnight + 1])
    expect(topicsAt(KEY, now)).toEqual({
      today: [today, tomorrow],
      beside: [],
    });
  expect(topicsAt(KEY, midnight + HOUR_MS)).toEqual({
    today: [tomorrow],
    beside: [today],
  });
  expect(topicsAt(KEY, midnight + 3 * HOUR_MS)).toEqual({
    today: [tomorrow],
    beside: [],
  });
});

test("ME2: of two clocks up to four hours apart one has as today's topic what the other looks for", () => {
  const hex = (topics: readonly Buffer[]) =>
    topics.map((topic) => topic.toString("hex"));
  for (const apart of [0, 1, 2, 3.9, 4])
    for (let minute = 0; minute < 24 * 60; minute += 7) {
      const now = NOON + minute * 60_000;
      const early = topicsAt(KEY, now);
      const late = topicsAt(KEY, now + apart * HOUR_MS);
      const ofEarly = new Set(hex([...early.today, ...early.beside]));
      const ofLate = new Set(hex([...late.today, ...late.beside]));
      const isMet =
        hex(late.today).some((topic) => ofEarly.has(topic)) ||
        hex(early.today).some((topic) => ofLate.has(topic));
      expect(isMet, `${String(apart)} ${String(minute)}`).toBe(true);
    }
});

test("ME3: a tag is bound to key, line and role", () => {
  const tag = tagOf(KEY, HASH, true);
  expect(tag.toString("hex")).toBe("fe33d97091f2a2df6c9e86772b652c3e");
  expect(tagOf(KEY, HASH, false).toString("hex")).toBe(
    "79062cb77542aed62eeefe25694bef63",
  );
  expect(tagOf(KEY, Buffer.alloc(64, 8), true)).not.toEqual(tag);
  expect(tagOf(Buffer.alloc(32, 1), HASH, true)).not.toEqual(tag);
});

test.each([
  [0, 64],
  [1, 64],
  [64, 64],
  [65, 128],
  [5000, 4096],
])("ME3: %i tags are sent as %i, the rest random", (count, sent) => {
  const random = seededRandom(`padding ${String(count)}`);
  const tags = Array.from({ length: count }, () => random.bytes(TAG_BYTES));
  const padded = splitTags(padTags(tags, random));
  expect(padded?.size).toBe(sent);
  const kept = tags.slice(0, TAGS_PER_LINE);
  expect(kept.every((tag) => padded?.has(tag.toString("hex")))).toBe(true);
});

test("ME3: nothing in the order tells real tags from random ones", () => {
  const random = seededRandom("order");
  const tags = Array.from({ length: 10 }, () => random.bytes(TAG_BYTES));
  const there = padTags(tags, seededRandom("padding"));
  const back = padTags([...tags].reverse(), seededRandom("padding"));
  expect(back).toEqual(there);
});

test.each([0, 1, TAG_BYTES, TAG_BYTES * TAGS_PADDING - 1])(
  "ME3: tags of %i bytes are not whole",
  (size) => {
    expect(splitTags(Buffer.alloc(size))).toBeNull();
  },
);
