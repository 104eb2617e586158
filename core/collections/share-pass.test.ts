import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import type { Clock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { DEFAULT_EXCLUDES } from "#core/files/excludes.ts";
import { Hasher } from "#core/files/hasher.ts";
import { HOLDINGS_MIGRATION } from "#core/files/holdings-tables.ts";
import { Holdings } from "#core/files/holdings.ts";
import { FolderBase } from "#core/folders/folder-base.ts";
import { FolderFiles } from "#core/folders/folder-files.ts";
import {
  COLLECTIONS_MIGRATION,
  SAVED_USE_MIGRATION,
  WATCHING_MIGRATION,
} from "#core/folders/local-tables.ts";
import { SavedFiles } from "#core/folders/saved-files.ts";
import { CollectionIndex } from "#core/listing/collection-index.ts";
import type { RawEntry } from "#core/spaces/block.ts";
import { Database } from "#core/storage/database.ts";
import {
  createFoldedCollection,
  rootOfText,
} from "#core/testing/folded-collection.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { testLog, testPerson } from "#core/testing/test-ids.ts";
import { BESIDE_MIGRATION } from "./beside-tables.ts";
import { ShareBatch } from "./share-batch.ts";
import { SharePass } from "./share-pass.ts";

const noReport = {
  total: () => undefined,
  done: () => undefined,
  moved: () => undefined,
  waiting: () => undefined,
  from: () => undefined,
};

/** A clock whose repeating tasks never run, and that says when one is called off. */
function clockThatTells(onCalledOff: () => void): Clock {
  return { ...systemClock, every: () => onCalledOff };
}

/** A folder that takes part in somebody's collection of these files, all of which came here. */
async function takingPart(listed: Readonly<Record<string, string>>) {
  const folder = join(await tempFolder(), "Songs");
  mkdirSync(folder);
  const collection = createFoldedCollection();
  const local = new Database(":memory:", {
    durable: false,
    migrations: [
      HOLDINGS_MIGRATION,
      COLLECTIONS_MIGRATION,
      WATCHING_MIGRATION,
      BESIDE_MIGRATION,
      SAVED_USE_MIGRATION,
    ],
  });
  const hasher = new Hasher(1);
  onTestFinished(async () => {
    await hasher.close();
    await collection.close();
    await local.close();
  });
  collection.put(listed);
  const { space } = collection;
  const saved = new SavedFiles(local);
  const { destination } = saved.addPlace(
    space,
    dirname(folder),
    basename(folder),
  );
  const files = new CollectionIndex(collection.index);
  const holdings = new Holdings(local);
  const shared = {
    space,
    path: folder,
    mark: "",
    title: "Songs",
    about: "",
    audience: { kind: "contacts" },
    isOffered: true,
    leftOut: [],
    live: true,
    excludes: DEFAULT_EXCLUDES,
    only: null,
    gone: 0,
  } as const;

  return {
    folder,
    /** Puts a listed file here, as a transfer does; under another name when its own is none here. */
    place(path: string, name = path): void {
      const text = listed[path] ?? "";
      const absolutePath = join(folder, name);
      mkdirSync(dirname(absolutePath), { recursive: true });
      writeFileSync(absolutePath, text);
      const { size, mtimeMs } = statSync(absolutePath);
      const parts = name.split("/");
      const root = rootOfText(text);
      saved.addFiles(destination, [{ path, parts, root, size, mtimeMs }], 1);
    },
    /** Looks through the folder; answers with the paths that are taken off the list. */
    async removedBy(betweenWalkAndEnd: () => void): Promise<readonly string[]> {
      const entries: RawEntry[] = [];
      const clock = clockThatTells(betweenWalkAndEnd);
      const parts = { files, saved, holdings };
      const base = new FolderBase(parts, shared, testPerson("ben"));
      const batch = new ShareBatch({
        clock,
        log: testLog("ben"),
        base,
        writeDown: () => Promise.resolve(),
        write(some) {
          entries.push(...some);
          return Promise.resolve();
        },
      });
      const numbers = new FolderFiles(local);
      const logger = silentLogger;
      await new SharePass(
        { files, holdings, numbers, hasher, clock, logger, batch, base },
        {
          folder: shared,
          scope: { kind: "all" },
          isLive: true,
          mayRemoveMany: false,
        },
        new AbortController().signal,
        noReport,
      ).run();
      return entries
        .filter(({ type }) => type === "remove")
        .map(({ path }) => String(path));
    },
  };
}

test("FI3: a file that comes into a folder while that is looked through is not taken for removed", async () => {
  const it = await takingPart({ "a.txt": "a", "b.txt": "b", "sub/c.txt": "c" });
  it.place("a.txt");
  it.place("sub/c.txt");
  rmSync(join(it.folder, "sub"), { recursive: true });
  const removed = await it.removedBy(() => {
    it.place("b.txt");
  });
  // What is really gone is removed all the same.
  expect(removed).toEqual(["sub/c.txt"]);
});

test("FI3: a folder that stands where a listed file lay is not that file", async () => {
  const it = await takingPart({ "a.txt": "a", "b.txt": "b" });
  it.place("a.txt");
  it.place("b.txt");
  rmSync(join(it.folder, "b.txt"));
  mkdirSync(join(it.folder, "b.txt"));
  expect(await it.removedBy(() => undefined)).toEqual(["b.txt"]);
});

test("FI7: a file that could not have its own name here is not taken for removed", async () => {
  const it = await takingPart({ "a.txt": "a", "b:c.txt": "b" });
  it.place("a.txt");
  it.place("b:c.txt", "b_c.txt");
  expect(await it.removedBy(() => undefined)).toEqual([]);
  rmSync(join(it.folder, "b_c.txt"));
  expect(await it.removedBy(() => undefined)).toEqual(["b:c.txt"]);
});
