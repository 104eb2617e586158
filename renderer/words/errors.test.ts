import { expect, test } from "vitest";
import type { ErrorCode } from "#core/contract/errors.ts";
import { errorLine, errorWords } from "./errors.ts";

const codes: readonly ErrorCode[] = [
  "internal",
  "core-unavailable",
  "not-found",
  "phrase-wrong",
  "password-wrong",
  "text-long",
  "invite-foreign",
  "invite-damaged",
  "invite-newer",
  "invite-expired",
  "invite-used",
  "invite-withdrawn",
  "invite-own",
  "folder-missing",
  "file-large",
  "file-away",
  "no-other-app",
  "disk-full",
  "store-busy",
  "store-newer",
  "store-damaged",
  "store-moved",
];

const technical =
  /\b(?:user|account|peer|node|client|server|log|core|hash|key|topic|seed|sync\w*|replicat\w*|local|remote|drive|fork|oops|please)\b|!/iu;

test.each(codes)(
  "%s is told without a technical word, also without details",
  (code) => {
    const line = errorLine(errorWords(code));
    // "its drive" is a thing one plugs in, not a synonym of a collection.
    expect(line.replace("its drive", "")).not.toMatch(technical);
    expect(line).not.toMatch(/undefined|NaN|null/u);
    expect(line.length).toBeGreaterThan(10);
  },
);

test("a start that failed always says whether anything is lost, and one thing to do", () => {
  for (const code of [
    "store-busy",
    "store-newer",
    "store-damaged",
    "store-moved",
  ] as const) {
    const words = errorWords(code);
    expect([code, words.lost === null || words.todo === null]).toEqual([
      code,
      false,
    ]);
  }
});

test("details make the words exact", () => {
  expect(errorWords("password-wrong", { retryInMs: 4_000 }).todo).toBe(
    "Try again in 4 seconds.",
  );
  expect(errorWords("phrase-wrong", { words: 23, unknown: [] }).what).toBe(
    "These are 23 words; recovery words are 24.",
  );
  expect(
    errorWords("file-large", { name: "film.mp4", limitBytes: 4_294_967_296 })
      .what,
  ).toBe("“\u2068film.mp4\u2069” is too large to attach (at most 4.3 GB).");
});

test("a file no other app can open from here is on this computer, and where", () => {
  const line = errorLine(errorWords("no-other-app", { folder: "/home/a/M" }));
  expect(line).toBe(
    "No other app can be opened from here. The file is on this computer. Look for it in “\u2068/home/a/M\u2069”.",
  );
});

test("a hostile file name cannot reorder the sentence around it", () => {
  const { what } = errorWords("file-unreadable", { name: "a\u202Egpj.exe" });
  expect(what).toBe("The file “\u2068a·gpj.exe\u2069” cannot be read.");
});
