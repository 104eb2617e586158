import { expect, test } from "vitest";
import type { FileStage } from "#core/contract/collection-models.ts";
import { nextTransferId } from "#renderer/testing/fake-ids.ts";
import { ana, ben, mira } from "#renderer/testing/fake-people.ts";
import { fileWords } from "./files.ts";

const MB = 1_000_000;
const by = { transfer: nextTransferId(), files: 1 } as const;
const coming = {
  stage: "coming",
  done: 42 * MB,
  speed: 3.1 * MB,
  secondsLeft: 180,
  from: [ana, ben],
  fromUnnamed: false,
  by,
} as const;

function words(state: FileStage): string {
  return fileWords(state, 100 * MB)
    .replace(/[\u2068\u2069]/gu, "")
    .replaceAll("\u00A0", " ");
}

test("a file that comes tells how far, how fast, from how many and how long still", () => {
  expect(words(coming)).toBe("42 % · 3.1 MB/s from 2 people · about 3 min");
  expect(words({ ...coming, from: [ana], secondsLeft: null })).toBe(
    "42 % · 3.1 MB/s from Ana Torres",
  );
  expect(words({ ...coming, from: [mira], secondsLeft: 20 })).toBe(
    "42 % · 3.1 MB/s from your other computer · about 20 s",
  );
  expect(words({ ...coming, from: [], fromUnnamed: true })).toBe(
    "42 % · 3.1 MB/s from somebody connected · about 3 min",
  );
});

test("when nothing moves no time is told, and the whole is not there before it is checked", () => {
  expect(words({ ...coming, speed: 0, from: [], secondsLeft: 5 })).toBe("42 %");
  expect(
    words({ ...coming, done: 100 * MB, speed: 0, secondsLeft: null }),
  ).toBe("99 % · from 2 people");
});

test("waiting says for whom or what, and a pause what was paused", () => {
  const waiting = { stage: "waiting", done: 0, people: [], by } as const;
  expect(words({ ...waiting, for: "people", people: [ana] })).toBe(
    "Waiting for Ana Torres",
  );
  expect(words({ ...waiting, for: "people" })).toBe(
    "Waiting for somebody who has it",
  );
  expect(words({ ...waiting, for: "room" })).toBe(
    "Waiting for room on this computer",
  );
  const paused = { stage: "paused", done: 42 * MB, by } as const;
  expect(words({ ...paused, what: "transfer" })).toBe("Paused at 42 %");
  expect(words({ ...paused, done: 0, what: "collection" })).toBe(
    "Paused with its collection",
  );
});
