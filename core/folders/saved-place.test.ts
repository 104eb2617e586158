import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Database } from "#core/storage/database.ts";
import { testSpace } from "#core/testing/files-device.ts";
import { COLLECTIONS_MIGRATION } from "./local-tables.ts";
import { SavedFiles } from "./saved-files.ts";
import { choosePlace } from "./saved-place.ts";

let base: string;
let local: Database;
let saved: SavedFiles;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "commonplace-place-"));
  local = new Database(":memory:", {
    durable: false,
    migrations: [COLLECTIONS_MIGRATION],
  });
  saved = new SavedFiles(local);
});
afterEach(async () => {
  await local.close();
  await rm(base, { recursive: true, force: true });
});

async function nameFor(space: string, title: string): Promise<string> {
  return (await choosePlace(saved, testSpace(space), base, title)).name;
}

test("a collection keeps its folder, whatever its title becomes", async () => {
  expect(await nameFor("one", "Songs")).toBe("Songs");
  expect(await nameFor("one", "Other songs")).toBe("Songs");
});

test("two collections never share a folder, nor does one take what is there", async () => {
  await mkdir(join(base, "Songs"));
  expect(await nameFor("one", "Songs")).toBe("Songs (2)");
  expect(await nameFor("two", "Songs")).toBe("Songs (3)");
  // Not on any disk, but some disks take these for one.
  expect(await nameFor("three", "SONGS (2)")).toBe("SONGS (2) (2)");
});

test("FI7: a title is never a path", async () => {
  expect(await nameFor("one", "../../etc")).toBe(".._.._etc");
  expect(await nameFor("two", "..")).not.toMatch(/^\.*$/);
  expect(await nameFor("three", "C:\\Windows")).not.toMatch(/[\\:]/);
  expect(await nameFor("four", " \n ")).toBe("Collection");
  expect(await nameFor("five", "con")).toBe("con_");
});

test("a folder that is gone or none is refused in words", async () => {
  await writeFile(join(base, "file"), "");
  const choose = (name: string) =>
    choosePlace(saved, testSpace("one"), join(base, name), "Songs");
  await expect(choose("gone")).rejects.toMatchObject({
    code: "folder-missing",
  });
  await expect(choose("file")).rejects.toMatchObject({
    code: "folder-unreadable",
  });
});
