import { expect, test } from "vitest";
import type { NotFreed, Traffic } from "#core/contract/keeping-models.ts";
import { ana } from "#renderer/testing/fake-people.ts";
import {
  canInsist,
  freedWords,
  lackWords,
  limitWords,
  minuteWords,
  refusalWords,
  usedWords,
} from "./room.ts";

const still: Traffic = {
  down: 0,
  up: 0,
  limitDown: null,
  limitUp: null,
  until: null,
  pausedAll: false,
};
const until = new Date(2026, 10, 24, 18, 0).getTime();

test("limits in force are told shortly, with their end", () => {
  expect(limitWords(still)).toBeNull();
  expect(limitWords({ ...still, limitDown: 2_000_000, until })).toBe(
    "Limited to ↓ 2 MB/s until 18:00",
  );
  expect(limitWords({ ...still, limitDown: 500_000, limitUp: 500_000 })).toBe(
    "Limited to 500 KB/s",
  );
  expect(limitWords({ ...still, limitUp: 1_000_000 })).toBe(
    "Limited to ↑ 1 MB/s",
  );
});

test("room used up says that posts still work", () => {
  const room = { limit: 20_000_000_000, alwaysFree: 2_000_000_000 };
  expect(lackWords("limit", room)).toBe(
    "Commonplace has used its 20 GB. New downloads wait; your own posts still work.",
  );
  // The disk may be a stick that never had so much.
  expect(lackWords("disk", room)).toBe(
    "2 GB of a disk always stay free, and this one has no more. New downloads wait; your own posts still work.",
  );
  expect(usedWords({ used: 6_240_000_000, limit: 20_000_000_000 })).toBe(
    "Using 6.2 GB of 20 GB",
  );
});

test("a refusal says why, and who had it last; what is mine cannot be insisted upon", () => {
  const now = until;
  const refused = (reason: NotFreed["reason"], lastHad = false): NotFreed => ({
    path: "a.txt",
    size: 1,
    reason,
    lastHad: lastHad ? { person: ana, at: now - 5 * 60_000 } : null,
  });
  expect(refusalWords(refused("only-copy", true), now)).toBe(
    "Only you have this. Ana Torres last had it 5 min ago.",
  );
  expect(refusalWords(refused("only-copy"), now)).toBe("Only you have this.");
  expect(
    (["only-copy", "kept", "changed", "yours", "unreadable"] as const).filter(
      (reason) => canInsist(refused(reason)),
    ),
  ).toEqual(["only-copy", "kept"]);
  expect(freedWords({ files: 14, bytes: 412_000_000 })).toBe(
    "412 MB freed, 14 files",
  );
});

test("minutes of the day are read as a clock", () => {
  expect([0, 8 * 60, 23 * 60 + 5].map(minuteWords)).toEqual([
    "00:00",
    "08:00",
    "23:05",
  ]);
});
