import { expect, test } from "vitest";
import type { CopiesPage } from "#core/contract/copies-models.ts";
import { ana, ben } from "#renderer/testing/fake-people.ts";
import { spaceId } from "#renderer/testing/fake-ids.ts";
import {
  everybodyWords,
  groundsWords,
  onlyHereWords,
  unseenWords,
  onlyOneWords,
  shareWords,
} from "./file-copies.ts";

const plain = (text: string | null) =>
  text?.replaceAll(/[\u2068\u2069]/gu, "") ?? null;
const none = { files: 0, bytes: 0 };
const person = (who: typeof ana, files: number, says = 0) => ({
  person: who,
  has: { files, bytes: files * 10 },
  says: { files: says, bytes: says * 10 },
  isSampled: false,
  caughtAt: null,
  inReach: true,
  seenAt: null,
});
const page: CopiesPage = {
  collection: spaceId("x"),
  path: "",
  all: { files: 100, bytes: 1_000 },
  here: { files: 100, bytes: 1_000 },
  people: [],
  onlyHere: none,
  onlyOne: [],
  unseen: none,
  isLooking: false,
};

test("who has everything is named first", () => {
  const words = (people: CopiesPage["people"]) =>
    plain(everybodyWords({ ...page, people }));
  expect(words([person(ana, 100), person(ben, 100)])).toBe(
    "2 people have everything: Ana Torres and Ben Okafor",
  );
  expect(words([person(ana, 100), person(ben, 40)])).toBe(
    "Ana Torres has everything",
  );
  expect(words([person(ben, 40)])).toBe("Nobody else has all of it");
  expect(
    plain(everybodyWords({ ...page, onlyHere: page.all, people: [] })),
  ).toBe("Only this computer has everything");
});

test("while somebody is being asked, nobody is said to have nothing", () => {
  const unseen = { files: 2, bytes: 20 };
  const away = { ...page, here: none, unseen, people: [person(ben, 98)] };
  const looking = { ...away, isLooking: true };
  expect(plain(everybodyWords(looking))).toBe(
    "Looking for who has everything…",
  );
  expect(plain(unseenWords(looking) ?? "")).toBe(
    "Looking for who has 2 files…",
  );
  expect(plain(everybodyWords(away))).toBe(
    "Nobody was seen to have everything",
  );
  expect(plain(unseenWords(away) ?? "")).toBe(
    "2 files not seen with anybody yet.",
  );
  expect(unseenWords({ ...looking, unseen: page.all })).toBeNull();
});

test("a share is never rounded up to all of it, and a word is no share", () => {
  expect(shareWords(person(ben, 40), page)).toBe("has 40 %");
  expect(shareWords(person(ben, 99), page)).toBe("has 99 %");
  expect(shareWords(person(ben, 100), page)).toBe("has everything");
  expect(shareWords(person(ben, 0, 100), page)).toBe("not checked yet");
  expect(groundsWords(person(ben, 0, 100))).toBe(
    "Says to have 100 files; not checked yet",
  );
  expect(groundsWords(person(ben, 40, 1))).toBe(
    "Says to have 1 more file; not checked yet",
  );
  expect(groundsWords({ ...person(ben, 0, 5), caughtAt: 1 })).toBe(
    "Could not show some of it; what was only said is not counted",
  );
  expect(groundsWords({ ...person(ben, 100), isSampled: true })).toBe(
    "Checked by a random sample",
  );
});

test("what only one computer has is said plainly", () => {
  expect(onlyHereWords(page)).toBeNull();
  expect(
    onlyHereWords({ ...page, onlyHere: { files: 14, bytes: 38_000_000 } }),
  ).toBe(
    "Only you have 14 files (38 MB). If this computer breaks, they are gone.",
  );
  const one = { files: 1, bytes: 38_000_000 };
  expect(onlyHereWords({ ...page, all: one, onlyHere: one })).toBe(
    "Only you have this file. If this computer breaks, it is gone.",
  );
  const now = new Date(2026, 10, 24, 18, 0).getTime();
  const seenAt = new Date(2026, 10, 23, 14, 5).getTime();
  const only = { person: ana, has: { files: 3, bytes: 1 }, seenAt };
  expect(
    onlyOneWords({ ...page, onlyOne: [{ ...only, inReach: false }] }, now).map(
      plain,
    ),
  ).toEqual(["Only Ana Torres has 3 files (last seen yesterday, 14:05)."]);
  expect(
    onlyOneWords({ ...page, onlyOne: [{ ...only, inReach: true }] }, now).map(
      plain,
    ),
  ).toEqual(["Only Ana Torres has 3 files."]);
});
