import { beforeEach, expect, test } from "vitest";
import { entryRef } from "#core/contract/ids.ts";
import { KeepMarks } from "#core/keeping/keep-marks.ts";
import { KEEPING_MIGRATION } from "#core/keeping/keeping-tables.ts";
import { Database } from "#core/storage/database.ts";
import { testLog, testSpaceId } from "#core/testing/test-ids.ts";
import { CARRIED_MARKS_MIGRATION, CarryMarks } from "./carry-marks.ts";

const space = testSpaceId("songs");
let local: Database;
let marks: KeepMarks;
/** Paths and folders that are listed. */
let listed: Set<string>;
let carry: CarryMarks;

beforeEach(() => {
  local = new Database(":memory:", {
    durable: false,
    migrations: [KEEPING_MIGRATION, CARRIED_MARKS_MIGRATION],
  });
  marks = new KeepMarks(local);
  listed = new Set();
  carry = new CarryMarks({
    local,
    marks,
    isListed: (_, path) => listed.has(path),
    onChange: () => undefined,
  });
  return () => local.close();
});

let moved = 0;
const move = (path: string, ...names: readonly string[]) => ({
  ref: entryRef(testLog("ana"), 1, moved++),
  names,
  path,
});

test("FI9: a file of a kept folder stays kept where it goes alone, and once only", () => {
  marks.set(space, ["songs"], true);
  listed.add("songs").add("best/a");
  const moves = [move("best/a", "songs/a")];
  carry.carry(space, moves);
  expect(marks.isKept(space, "best/a")).toBe(true);
  expect(marks.isKept(space, "songs/b")).toBe(true);
  marks.set(space, ["best/a"], false);
  carry.carry(space, moves);
  expect(marks.isKept(space, "best/a")).toBe(false);
});

test("FI9: what was said of a folder that went as a whole is said of where it is now, through several names", () => {
  marks.set(space, ["songs"], true);
  marks.letGo(space, ["songs/b"]);
  carry.carry(space, [
    move("music/a", "tunes/a", "songs/a"),
    move("music/b", "songs/b"),
  ]);
  expect(marks.at(space, "songs")).toBeNull();
  expect(marks.isKept(space, "music/later")).toBe(true);
  expect(marks.isLetGo(space, "music/b")).toBe(true);
});

test("FI9: a folder that went to two places leaves its word with its files", () => {
  marks.set(space, ["songs"], true);
  carry.carry(space, [move("one/a", "songs/a"), move("two/b", "songs/b")]);
  expect(
    ["one/a", "two/b", "one/c"].map((path) => marks.isKept(space, path)),
  ).toEqual([true, true, false]);
});

test("FI9: a name that is listed again keeps what was said of it", () => {
  marks.set(space, ["a"], true);
  listed.add("a").add("b");
  carry.carry(space, [move("b", "a")]);
  expect(["a", "b"].map((path) => marks.isKept(space, path))).toEqual([
    true,
    false,
  ]);
});
