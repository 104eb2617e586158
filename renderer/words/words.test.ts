import { expect, test } from "vitest";
import type { FileStage } from "#core/contract/collection-models.ts";
import { ana, ben, ingrid, yusuf } from "#renderer/testing/fake-people.ts";
import { copiesWords } from "./copies.ts";
import { nameTrouble } from "./name.ts";
import { isTooLong, postSizeWords } from "./post-size.ts";
import { errorWords } from "./errors.ts";
import { fileWords } from "./files.ts";
import { peopleWords } from "./people.ts";
import { partWords, sizeWords, speedWords } from "./size.ts";
import { statusWords } from "./status.ts";
import { agoWords, timeLeftWords, untilWords } from "./time.ts";

const plain = (text: string | null) =>
  text?.replaceAll(/[\u2068\u2069]/gu, "") ?? null;

test("sizes are decimal and short", () => {
  expect(
    [0, 1, 812, 999, 1_000, 48_300, 999_600, 1_240_000_000].map(sizeWords),
  ).toEqual([
    "0 bytes",
    "1 byte",
    "812 bytes",
    "999 bytes",
    "1 KB",
    "48 KB",
    "1 MB",
    "1.2 GB",
  ]);
  expect(speedWords(0)).toBe("");
  expect(partWords(1_200_000, 3_400_000_000)).toBe("1.2 MB of 3.4 GB");
});

test("the time left goes in steps", () => {
  expect([2, 31, 61, 3_500, 4_860, 10_000, 100_000].map(timeLeftWords)).toEqual(
    [
      "about 5 s",
      "about 35 s",
      "about 1 min",
      "about 58 min",
      "about 1 hour",
      "about 3 hours",
      "more than a day",
    ],
  );
});

test("times are said as people say them", () => {
  const now = new Date(2026, 10, 24, 15, 0).getTime();
  const at = (...parts: readonly [number, number, number, number, number]) =>
    agoWords(new Date(...parts).getTime(), now);
  expect(agoWords(now - 20_000, now)).toBe("just now");
  expect(agoWords(now + 60_000, now)).toBe("just now");
  expect(at(2026, 10, 24, 14, 57)).toBe("3 min ago");
  expect(at(2026, 10, 24, 9, 5)).toBe("09:05");
  expect(at(2026, 10, 23, 23, 59)).toBe("yesterday, 23:59");
  expect(at(2025, 9, 5, 8, 0)).toContain("2025");
  expect(untilWords(now + 6.2 * 86_400_000, now)).toBe("7 more days");
});

test("people are named, and the rest counted", () => {
  expect(plain(peopleWords([ana]))).toBe("Ana Torres");
  expect(plain(peopleWords([ana, ben, ingrid, yusuf]))).toBe(
    "Ana Torres, Ben Okafor, and 2 more",
  );
});

test("a post is never called sent: it is only here, or on computers that are named", () => {
  expect(copiesWords(null)).toBeNull();
  expect(copiesWords({ stage: "here" })).toBe(
    "Only on this computer. Goes out when a contact connects",
  );
  expect(plain(copiesWords({ stage: "out", people: [ana, ben] }))).toBe(
    "On 2 other computers: Ana Torres and Ben Okafor",
  );
  expect(copiesWords({ stage: "out", people: [] })).toBe(
    copiesWords({ stage: "here" }),
  );
});

test("a file elsewhere says who has it, and who had it last", () => {
  const now = new Date(2026, 10, 24, 18, 0).getTime();
  const yesterday = new Date(2026, 10, 23, 14, 5).getTime();
  const away = {
    stage: "away",
    holders: [],
    unnamed: 0,
    isShown: false,
    isLooking: false,
    absent: [],
  } as const;
  const words = (state: FileStage) => plain(fileWords(state, 10, now));
  expect(words({ ...away, holders: [ana], isShown: true })).toBe(
    "Not downloaded. Ana Torres has it",
  );
  expect(words({ ...away, holders: [ana] })).toBe(
    "Not downloaded. Ana Torres says to have it",
  );
  expect(
    words({
      ...away,
      holders: [ana, ben],
      isShown: true,
      isLooking: false,
      absent: [{ person: ingrid, seenAt: yesterday }],
    }),
  ).toBe("Not downloaded. 3 people have it");
  expect(words({ ...away, unnamed: 1 })).toBe(
    "Not downloaded. Somebody connected has it",
  );
  expect(words({ ...away, absent: [{ person: ana, seenAt: yesterday }] })).toBe(
    "Ana Torres has the only copy (last seen yesterday, 14:05)",
  );
  expect(words(away)).toBe("Nobody connected has this now");
  // Whoever was not asked yet may have it.
  expect(
    words({
      ...away,
      isLooking: true,
      absent: [{ person: ana, seenAt: yesterday }],
    }),
  ).toBe("Not downloaded. Looking for who has it…");
});

test("damage says who gives it again, or that nobody can now", () => {
  const damaged = {
    stage: "damaged",
    isComing: true,
    isMine: false,
    from: [],
  } as const;
  const words = (state: FileStage) => plain(fileWords(state, 10));
  expect(words({ ...damaged, from: [ben] })).toBe(
    "A part is damaged. Getting it again from Ben Okafor",
  );
  expect(words(damaged)).toBe("A part is damaged, and nobody connected has it");
  expect(words({ ...damaged, isComing: false, from: [ben] })).toBe(
    "A part is damaged. Ben Okafor has it",
  );
});

test("a line that is down outweighs whatever the network was", () => {
  const network = {
    reach: "everywhere",
    stage: "connected",
    connected: [{ ...ana, way: "direct", helper: null }],
    leftOut: [],
    helpers: [],
    nearby: 0,
    addresses: [],
  } as const;
  expect(statusWords(network, "up").words).toBe("Connected with 1 person");
  expect(statusWords(network, "down").shape).toBe("down");
});

test("ME7: in this network only, the pill says so, and who is left out", () => {
  const network = {
    reach: "this-network",
    stage: "searching",
    connected: [],
    leftOut: [ana],
    helpers: [],
    nearby: 0,
    addresses: [],
  } as const;
  expect(statusWords(network, "up")).toMatchObject({
    shape: "house",
    words: "This network only",
    more: "Nothing leaves this network. \u2068Ana Torres\u2069 is not on it.",
  });
});

test("with the network switched off, a post says what it waits for", () => {
  expect(copiesWords({ stage: "here" }, true)).toBe(
    "Only on this computer. Goes out when you use the network again",
  );
});

test("a name is counted in letters as a person counts them", () => {
  expect(nameTrouble("e\u0301".repeat(60))).toBeNull();
  expect(nameTrouble("a".repeat(61))).toBe(
    "Name is too long. Use at most 60 letters.",
  );
  expect(nameTrouble("  ")).toBe("Name is empty. Write any name you like.");
});

test("a post that is too long is told in the same unit by the counter and by the error", () => {
  expect(isTooLong("a".repeat(32 * 1024))).toBe(false);
  expect(postSizeWords("a".repeat(32 * 1024))).toBe("32 of 32 KB");
  expect(isTooLong("a".repeat(32 * 1024 + 1))).toBe(true);
  expect(postSizeWords("a".repeat(32 * 1024 + 1))).toBe("33 of 32 KB");
  expect(errorWords("text-long", { limitBytes: 32 * 1024 }).what).toContain(
    "at most 32 KB",
  );
});
