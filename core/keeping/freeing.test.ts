import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FileRoot, PersonId } from "#core/contract/ids.ts";
import { FREE_UNDO_MS } from "#core/contract/limits.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { hashChunk, rootOf } from "#core/files/chunks.ts";
import { HOLDINGS_MIGRATION } from "#core/files/holdings-tables.ts";
import { Holdings } from "#core/files/holdings.ts";
import { Database } from "#core/storage/database.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import type { ManualClock } from "#core/testing/manual-clock.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { testPerson, testSpaceId } from "#core/testing/test-ids.ts";
import { untilTrue } from "#core/testing/until.ts";
import { Freeing } from "./freeing.ts";
import { KeepMarks } from "./keep-marks.ts";
import { KEEPING_MIGRATION } from "./keeping-tables.ts";
import type { PlacedFile } from "./model.ts";

const space = testSpaceId("garden");
const ana = testPerson("Ana");
let folder: string;
let clock: ManualClock;
let local: Database;
let holdings: Holdings;
let marks: KeepMarks;
let placed: PlacedFile[];
let holders: Map<FileRoot, readonly PersonId[]>;
let freeing: Freeing;

beforeEach(async () => {
  folder = await tempFolder();
  clock = createManualClock();
  local = new Database(join(folder, "local.db"), {
    durable: false,
    migrations: [HOLDINGS_MIGRATION, KEEPING_MIGRATION],
  });
  holdings = new Holdings(local);
  marks = new KeepMarks(local);
  placed = [];
  holders = new Map();
  freeing = open();
});
afterEach(async () => {
  await freeing.close();
  await local.close();
});

function open(): Freeing {
  return new Freeing({
    local,
    holdings,
    marks,
    placed: {
      async *below(_space, paths) {
        yield placed.filter(
          ({ path }) =>
            paths.includes("") ||
            paths.some((top) => path === top || path.startsWith(`${top}/`)),
        );
      },
      forget(files) {
        placed = placed.filter(
          (it) =>
            !files.includes(it) && !files.some(({ path }) => path === it.path),
        );
      },
      restore(files) {
        placed.push(...files);
      },
      changed: () => undefined,
    },
    otherHolders: (_space, roots) =>
      Promise.resolve(
        new Map(
          roots.map((root) => [
            root,
            {
              holders: holders.get(root) ?? [],
              lastHad: { person: ana, at: 7 },
            },
          ]),
        ),
      ),
    isListed: () => true,
    isMine: ({ path }) => path.startsWith("mine/"),
    clock,
    random: systemRandom,
    logger: silentLogger,
    onChange: () => undefined,
  });
}

/** Puts a file where a download would have, with Ana having it too. */
async function put(path: string, content = path): Promise<PlacedFile> {
  const absolutePath = join(folder, "Garden", path);
  await mkdir(dirname(absolutePath), { recursive: true });
  await writeFile(absolutePath, content);
  const { mtimeMs, size } = await stat(absolutePath);
  const root = rootOf(hashChunk(Buffer.from(content)));
  const file: PlacedFile = {
    space,
    destination: 1,
    path,
    folder: join(folder, "Garden"),
    parts: path.split("/"),
    root,
    size,
    mtimeMs,
  };
  placed.push(file);
  holdings.add(
    { root, size, chunkSize: 262_144, absolutePath, mtimeMs, origin: "theirs" },
    Buffer.alloc(0),
  );
  holders.set(root, [ana]);
  return file;
}

const names = async (): Promise<readonly string[]> =>
  (await readdir(join(folder, "Garden"), { recursive: true })).sort();

test("FI6: freed files leave their place at once, and the disk a moment later", async () => {
  const song = await put("songs/a.txt");
  await put("b.txt");
  const { freed, refused } = await freeing.free(space, ["songs"], false);
  expect(freed).toMatchObject({ files: 1, bytes: song.size });
  expect(refused).toEqual([]);
  expect(holdings.has(song.root)).toBe(false);
  expect(freeing.bytesAside).toBe(song.size);
  expect(await readdir(join(folder, "Garden", "songs"))).toEqual([]);
  clock.advance(FREE_UNDO_MS);
  await untilTrue(() => freeing.bytesAside === 0);
  await freeing.close();
  expect(await names()).toEqual(["b.txt"]);
});

test("undo puts files back with what had been said of them", async () => {
  const song = await put("songs/a.txt");
  marks.set(space, ["songs"], true);
  const { freed } = await freeing.free(space, ["songs"], true);
  expect(marks.isKept(space, "songs/a.txt")).toBe(false);
  expect(await freeing.undoFree(freed?.batch ?? "")).toBe(true);
  expect(await readFile(join(folder, "Garden", "songs/a.txt"), "utf8")).toBe(
    "songs/a.txt",
  );
  expect(holdings.has(song.root)).toBe(true);
  expect(marks.isKept(space, "songs/a.txt")).toBe(true);
  expect(placed).toHaveLength(1);
  expect(await freeing.undoFree(freed?.batch ?? "")).toBe(false);
});

test("undo never overwrites what lies at the place by now", async () => {
  await put("a.txt");
  const { freed } = await freeing.free(space, ["a.txt"], false);
  await writeFile(join(folder, "Garden", "a.txt"), "mine");
  expect(await freeing.undoFree(freed?.batch ?? "")).toBe(false);
  expect(await readFile(join(folder, "Garden", "a.txt"), "utf8")).toBe("mine");
});

test("FI6: the last known copy is refused, with who had it last, unless insisted upon", async () => {
  const only = await put("only.txt");
  await put("b.txt");
  holders.set(only.root, []);
  const first = await freeing.free(space, [""], false);
  expect(first.freed?.files).toBe(1);
  expect(first.refused).toEqual([
    {
      path: "only.txt",
      size: only.size,
      reason: "only-copy",
      lastHad: { person: ana, at: 7 },
    },
  ]);
  const second = await freeing.free(space, [""], true);
  expect(second).toMatchObject({ freed: { files: 1 }, refused: [] });
});

test("of two files with one content nobody else has, one stays", async () => {
  const first = await put("a.txt", "same");
  await put("b.txt", "same");
  holders.set(first.root, []);
  const { freed, refused } = await freeing.free(space, [""], false);
  expect(freed?.files).toBe(1);
  expect(refused).toMatchObject([{ reason: "only-copy" }]);
});

test("a file the person changed is never removed, whoever insists", async () => {
  await put("a.txt");
  await writeFile(join(folder, "Garden", "a.txt"), "changed by hand");
  const { freed, refused } = await freeing.free(space, [""], true);
  expect(freed).toBeNull();
  expect(refused).toMatchObject([{ path: "a.txt", reason: "changed" }]);
  expect(await names()).toContain("a.txt");
});

test("what lies in a folder of mine is never removed, whoever insists", async () => {
  await put("mine/a.txt");
  const { freed, refused } = await freeing.free(space, [""], true);
  expect(freed).toBeNull();
  expect(refused).toMatchObject([{ reason: "yours" }]);
});

test("what is kept is refused unless insisted upon", async () => {
  await put("a.txt");
  marks.set(space, [""], true);
  const { freed, refused } = await freeing.free(space, [""], false);
  expect(freed).toBeNull();
  expect(refused).toMatchObject([{ reason: "kept" }]);
});

test("FI6: a freeing goes on after a restart: first it can be undone, then it is over", async () => {
  await put("a.txt");
  await put("b.txt");
  const { freed } = await freeing.free(space, ["a.txt"], false);
  await freeing.close();
  freeing = open();
  await freeing.start();
  expect(freeing.undo).toEqual(freed);
  clock.advance(FREE_UNDO_MS);
  await untilTrue(() => freeing.bytesAside === 0);
  expect(await freeing.undoFree(freed?.batch ?? "")).toBe(false);
  expect(await names()).toEqual(["b.txt"]);
});
