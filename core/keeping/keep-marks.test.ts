import { beforeEach, expect, test } from "vitest";
import { Database } from "#core/storage/database.ts";
import { testSpaceId } from "#core/testing/test-ids.ts";
import { KeepMarks } from "./keep-marks.ts";
import { KEEPING_MIGRATION } from "./keeping-tables.ts";

const space = testSpaceId("garden");
let local: Database;
let marks: KeepMarks;
beforeEach(() => {
  local = new Database(":memory:", {
    durable: false,
    migrations: [KEEPING_MIGRATION],
  });
  marks = new KeepMarks(local);
  return () => local.close();
});

const kept = (...paths: string[]): readonly string[] =>
  paths.filter((path) => new KeepMarks(local).isKept(space, path));

test("FI6: a kept folder covers what lies below it, and what comes later", () => {
  marks.set(space, ["songs"], true);
  expect(kept("songs", "songs/a", "songs/b/c", "songsters/a", "d")).toEqual([
    "songs",
    "songs/a",
    "songs/b/c",
  ]);
});

test("the nearest word counts: a file let go in a kept collection, and kept again with its folder", () => {
  marks.set(space, [""], true);
  marks.set(space, ["songs/a"], false);
  expect(kept("songs/a", "songs/b")).toEqual(["songs/b"]);
  marks.set(space, ["songs"], true);
  expect(kept("songs/a", "songs/b")).toEqual(["songs/a", "songs/b"]);
});

test("what is kept no more leaves no word behind", () => {
  marks.set(space, ["songs"], true);
  marks.set(space, ["songs"], false);
  expect(marks.at(space, "songs")).toBeNull();
  expect(marks.brought(space)).toEqual([]);
});

test("FI6: what is set back is as it was before: kept, let go and nothing said, each", () => {
  marks.set(space, ["songs/kept", "b"], true);
  marks.letGo(space, ["songs/gone"]);
  const paths = ["songs", "b", "c"];
  const before = marks.set(space, paths, true);
  expect(
    kept("songs/kept", "songs/gone", "songs/other", "b", "c"),
  ).toHaveLength(5);
  marks.setBack(space, paths, before);
  expect(kept("songs/kept", "songs/gone", "songs/other", "b", "c")).toEqual([
    "songs/kept",
    "b",
  ]);
  expect(new KeepMarks(local).isLetGo(space, "songs/gone")).toBe(true);
  expect(new KeepMarks(local).brought(space)).toEqual(["b", "songs/kept"]);
});

test("what was let go stays so through a restart, until it is taken back", () => {
  marks.letGo(space, ["songs/a", "b"]);
  const again = new KeepMarks(local);
  expect(again.isLetGo(space, "songs/a")).toBe(true);
  expect(again.hasLetGo(space, "songs")).toBe(true);
  again.takeBack(space, ["songs"]);
  expect(again.hasLetGo(space, "songs")).toBe(false);
  expect(again.isLetGo(space, "b")).toBe(true);
});

test("kept files stay kept when they are not to be fetched any more", () => {
  marks.set(space, ["songs"], true);
  expect(marks.brought(space)).toEqual(["songs"]);
  marks.stopBringing(space);
  expect(marks.brought(space)).toEqual([]);
  expect(marks.isKept(space, "songs/a")).toBe(true);
});

test("kept bytes are counted by words, not by files, and agree with a count of all files", () => {
  const sizes = new Map([
    ["a", 1],
    ["songs/a", 10],
    ["songs/b/c", 100],
    ["songs/b/d", 1_000],
    ["z/y", 10_000],
  ]);
  marks.set(space, ["songs", "a"], true);
  marks.set(space, ["songs/b"], false);
  marks.set(space, ["songs/b/d"], true);
  const asked: string[] = [];
  const below = (path: string): number => {
    asked.push(path);
    let bytes = 0;
    for (const [one, size] of sizes)
      if (path === "" || one === path || one.startsWith(`${path}/`))
        bytes += size;
    return bytes;
  };
  let counted = 0;
  for (const [path, size] of sizes)
    if (marks.isKept(space, path)) counted += size;
  expect(marks.keptBytes(space, below)).toBe(counted);
  expect(counted).toBe(1_011);
  expect(asked.sort()).toEqual(["a", "songs", "songs/b", "songs/b/d"]);
});
