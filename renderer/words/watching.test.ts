import { expect, test } from "vitest";
import type { FolderWatchRow } from "#core/contract/watching-models.ts";
import {
  emptyFoldersWords,
  excludesWords,
  unnamedWords,
  previewWords,
  watchWords,
} from "./watching.ts";

const row: FolderWatchRow = {
  live: true,
  excludes: { hidden: false, temporary: false, patterns: [] },
  everyMs: null,
  stage: { stage: "rests" },
};

test("a folder says in a few words how it stands", () => {
  expect(watchWords(row)).toBe("Up to date · Watching");
  expect(watchWords({ ...row, stage: { stage: "pending", changes: 3 } })).toBe(
    "Watching · 3 changes in a moment",
  );
  expect(watchWords({ ...row, stage: { stage: "pending", changes: 1 } })).toBe(
    "Watching · 1 change in a moment",
  );
  expect(watchWords({ ...row, everyMs: 300_000 })).toBe(
    "Checks every 5 minutes on this drive",
  );
  expect(watchWords({ ...row, live: false })).toBe(
    "Changes are shared when you say so",
  );
  expect(watchWords({ ...row, stage: { stage: "asking", gone: 312 } })).toBe(
    "312 files gone, not shared yet",
  );
});

test("what is left out is said in one line, or not at all", () => {
  expect(excludesWords(row.excludes)).toBe(null);
  expect(excludesWords({ hidden: true, temporary: true, patterns: [] })).toBe(
    "Without hidden and temporary files",
  );
  expect(
    excludesWords({ hidden: true, temporary: false, patterns: ["*.log"] }),
  ).toBe("Without hidden files, 1 name you chose");
});

test("files whose names cannot be read are told apart from what is left out by choice", () => {
  expect(unnamedWords(0)).toBe(null);
  expect(unnamedWords(1)).toBe("1 file was left out: its name cannot be read.");
  expect(unnamedWords(12)).toBe(
    "12 files were left out: their names cannot be read.",
  );
});

test("empty folders are said not to be shared", () => {
  expect(emptyFoldersWords(0)).toBe(null);
  expect(emptyFoldersWords(1)).toBe(
    "1 empty folder is not shared: only files are.",
  );
  expect(emptyFoldersWords(1_200)).toBe(
    "1,200 empty folders are not shared: only files are.",
  );
});

test("a count says that it goes on, and why it could not", () => {
  const nothing = { files: 0, bytes: 0 };
  const preview = {
    stage: "counting",
    problem: null,
    shared: { files: 3_412, bytes: 8_100_000_000 },
    hidden: nothing,
    temporary: nothing,
    patterns: nothing,
    unshareable: 0,
    unnamed: 0,
    emptyFolders: 0,
    leftOut: [],
    leaving: { files: 0, first: [] },
  } as const;
  expect(previewWords(undefined)).toBe("Counting files…");
  expect(previewWords(preview)).toBe("3,412 files, 8.1 GB so far…");
  expect(previewWords({ ...preview, stage: "done" })).toBe(
    "3,412 files, 8.1 GB",
  );
  expect(previewWords({ ...preview, problem: "folder-missing" })).toMatch(
    /not there|missing/i,
  );
});
