import { afterEach, beforeEach, expect, test } from "vitest";
import {
  createFoldedCollection,
  rootOfText,
} from "#core/testing/folded-collection.ts";
import type { FoldedCollection } from "#core/testing/folded-collection.ts";
import { text } from "#core/storage/database.ts";
import { CollectionIndex } from "./collection-index.ts";
import { Here } from "./here.ts";
import { windowSql } from "./listing-window.ts";
import { Selection } from "./selection.ts";

let collection: FoldedCollection;
let files: CollectionIndex;
beforeEach(() => {
  collection = createFoldedCollection();
  files = new CollectionIndex(collection.index);
  collection.put({
    "top.txt": "top",
    "a/1.txt": "one",
    "a/2.txt": "two",
    "a/10.txt": "ten",
    "a/in/x.txt": "x",
    "a-b/y.txt": "y",
    a: "a file named like a folder",
  });
});
afterEach(() => collection.close());

async function pathsBelow(folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const slice of files.filesBelow(collection.space, folder))
    paths.push(...slice.map(({ path }) => path));
  return paths;
}

test("a folder lists what is directly in it, in windows", () => {
  const { space } = collection;
  expect(files.foldersIn(space, "a", 0, 10)).toMatchObject({
    total: 1,
    items: [{ path: "a/in", files: 1, bytes: 1 }],
  });
  const page = files.filesIn(space, "a", 1, 5);
  expect([page.total, page.items.map(({ path }) => path)]).toEqual([
    3,
    ["a/2.txt", "a/10.txt"],
  ]);
  expect(files.filesIn(space, "a", 3, 5)).toEqual({ total: 3, items: [] });
  expect(files.filesIn(space, "no such folder", 0, 5).total).toBe(0);
});

test("what lies below a folder does not reach into one whose name begins the same", async () => {
  expect(await pathsBelow("a")).toEqual([
    "a/1.txt",
    "a/10.txt",
    "a/2.txt",
    "a/in/x.txt",
  ]);
  expect(await pathsBelow("")).toHaveLength(7);
});

test("more files than one slice are read one after another", async () => {
  const many: Record<string, string> = {};
  for (let at = 0; at < 2500; at++) many[`many/${String(at)}`] = String(at);
  collection.put(many);
  expect(new Set(await pathsBelow("many")).size).toBe(2500);
});

test("a collection that is not here has nothing in it", () => {
  const other = createFoldedCollection();
  const { space } = collection;
  const nothing = new CollectionIndex(other.index);
  expect(nothing.described(space)).toBeNull();
  expect(nothing.total(space)).toMatchObject({ files: 0, bytes: 0 });
  expect(nothing.foldersIn(space, "", 0, 10).total).toBe(0);
  return other.close();
});

test("a selection counts and covers each file once", async () => {
  const { space } = collection;
  const selection = new Selection(["a", "a/in", "a/1.txt", "top.txt"]);
  const found: string[] = [];
  for await (const slice of selection.files(files, space))
    found.push(...slice.map(({ path }) => path));
  expect(found.sort()).toEqual([
    "a",
    "a/1.txt",
    "a/10.txt",
    "a/2.txt",
    "a/in/x.txt",
    "top.txt",
  ]);
  expect(selection.total(files, space).files).toBe(6);
  expect(selection.covers("a/in/x.txt")).toBe(true);
  expect(selection.covers("a-b/y.txt")).toBe(false);
  expect(new Selection([""]).total(files, space).files).toBe(7);
});

test("what came to be here, or went, shows in files and folders", async () => {
  const { space, index, here } = collection;
  const it = new Here(index, (root) => here.has(root));
  here.add(rootOfText("x"));
  it.came(space, [
    { path: "a/in/x.txt", root: rootOfText("x") },
    // Another version than the listed one, and a file that is not listed.
    { path: "top.txt", root: rootOfText("old") },
    { path: "gone.txt", root: rootOfText("gone") },
  ]);
  expect(files.file(space, "top.txt")?.isHere).toBe(false);
  expect(files.folder(space, "a")).toMatchObject({
    filesHere: 1,
    bytesHere: 1,
  });
  here.add(rootOfText("top"));
  here.delete(rootOfText("x"));
  await it.reconcile();
  expect(files.total(space)).toMatchObject({ filesHere: 1, bytesHere: 3 });
  expect(files.file(space, "a/in/x.txt")?.isHere).toBe(false);
  expect(files.file(space, "top.txt")?.isHere).toBe(true);
});

test("a window deep in a folder passes over names only, not over whole rows", () => {
  const steps = collection.index.all(
    `EXPLAIN QUERY PLAN ${windowSql("collection_files", "folder = ?2", 2)}`,
    [1, "songs", 100, 50_000],
    (row) => text(row, "detail"),
  );
  expect(steps).toContain(
    "SEARCH collection_files USING COVERING INDEX collection_files_page (collection=? AND folder=?)",
  );
});
