import { beforeEach, expect, test } from "vitest";
import { hashChunk, rootOf } from "#core/files/chunks.ts";
import {
  COLLECTIONS_MIGRATION,
  SAVED_ENDINGS_MIGRATION,
  SAVED_USE_MIGRATION,
  WATCHING_MIGRATION,
} from "#core/folders/local-tables.ts";
import { SavedFiles } from "#core/folders/saved-files.ts";
import { roomPicture } from "#core/keeping/room-picture.ts";
import { Database, text } from "#core/storage/database.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { testSpaceId } from "#core/testing/test-ids.ts";
import { PlacedInFolders } from "./placed-files.ts";
import { PlacedSums, SUMS } from "./placed-sums.ts";

const space = testSpaceId("album");
const root = rootOf(hashChunk(Buffer.from("a")));
let local: Database;
let saved: SavedFiles;
let sums: PlacedSums;

beforeEach(() => {
  local = new Database(":memory:", {
    durable: false,
    migrations: [
      COLLECTIONS_MIGRATION,
      WATCHING_MIGRATION,
      SAVED_USE_MIGRATION,
      SAVED_ENDINGS_MIGRATION,
    ],
  });
  saved = new SavedFiles(local);
  sums = new PlacedSums(local, createManualClock());
  return () => local.close();
});

function put(of: typeof space, base: string, files: Record<string, number>) {
  const { destination } =
    saved.place(of, base) ?? saved.addPlace(of, base, "Album");
  saved.addFiles(
    destination,
    Object.entries(files).map(([path, size]) => ({
      path,
      parts: path.split("/"),
      root,
      size,
      mtimeMs: 1.5,
    })),
    1,
  );
}

test("what takes room is summed up by kind, whatever names look like", () => {
  put(space, "/home/ana", {
    "a.jpg": 1,
    "b/c.d/e.JPG": 10,
    "b/film.mp4. ": 100,
    "b.jpg/plain": 1_000,
    jpg: 10_000,
    "song.flac": 100_000,
  });
  const { spaces, kinds } = roomPicture(sums.now);
  expect([...spaces]).toEqual([[space, { files: 6, bytes: 111_111 }]]);
  expect(kinds).toEqual([
    { kind: "audio", files: 1, bytes: 100_000 },
    { kind: "other", files: 2, bytes: 11_000 },
    { kind: "video", files: 1, bytes: 100 },
    { kind: "pictures", files: 2, bytes: 11 },
  ]);
});

test("a folder that takes part is the person's own: it is no room that could be freed", () => {
  put(space, "/home/ana", { "a.jpg": 1 });
  local.run(
    `INSERT INTO shared_folders (space, path, mark, title, about, audience)
     VALUES (?, '/home/ana/Album', '', '', '', '')`,
    [space],
  );
  const other = testSpaceId("other");
  put(other, "/home/ben", { "b/c.jpg": 10, "b.jpg": 100 });
  expect(sums.now.map((it) => it.space)).toEqual([other]);
  expect(sums.below(space, "")).toBe(0);
  expect(sums.below(other, "b")).toBe(10);
  expect(sums.below(other, "b.jpg")).toBe(100);
  expect(sums.below(other, "")).toBe(110);
});

test("the largest files come first, in windows", () => {
  put(space, "/home/ana", { a: 1, b: 30, c: 20, d: 30 });
  const placed = new PlacedInFolders(
    local,
    { inOwnFolder: () => [] },
    createManualClock(),
    () => undefined,
  );
  const paths = (first: number, count: number): readonly string[] =>
    placed.largest(first, count).items.map(({ path }) => path);
  expect(paths(0, 2)).toEqual(["b", "d"]);
  expect(paths(2, 5)).toEqual(["c", "a"]);
  expect(placed.largest(0, 1).total).toBe(4);
});

test("the picture is summed up from an index, in its order: no row is read, nothing is sorted", () => {
  const plan = local
    .all(`EXPLAIN QUERY PLAN ${SUMS}`, [], (row) => text(row, "detail"))
    .join("\n");
  expect(plan).toContain("COVERING INDEX saved_endings");
  expect(plan).not.toContain("TEMP B-TREE");
});
