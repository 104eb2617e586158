import {
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createLogger } from "#core/base/logger.ts";
import { CHUNK_MIN_BYTES, FREE_UNDO_MS } from "#core/contract/limits.ts";
import { HOLDINGS_MIGRATION } from "#core/files/holdings-tables.ts";
import { Holdings } from "#core/files/holdings.ts";
import { Database } from "#core/storage/database.ts";
import { rootOfText } from "#core/testing/folded-collection.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { testSpaceId } from "#core/testing/test-ids.ts";
import { ALL_KEPT_MS } from "./kept-rule.ts";
import { KEPT_VERSIONS_MIGRATION, KeptVersions } from "./kept-versions.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const space = testSpaceId("songs");

async function open(limit = 1_000) {
  const folder = await tempFolder();
  const local = new Database(":memory:", {
    durable: true,
    migrations: [HOLDINGS_MIGRATION, KEPT_VERSIONS_MIGRATION],
  });
  onTestFinished(() => local.close());
  const holdings = new Holdings(local);
  const clock = createManualClock();
  const kept = new KeptVersions({
    folder: join(folder, "versions"),
    local,
    holdings,
    clock,
    random: seededRandom("kept"),
    logger: createLogger(
      () => undefined,
      () => "test",
    ),
    limit: () => limit,
  });
  await mkdir(join(folder, "person"));

  /** A file as it was put there, about to be replaced. */
  async function placed(name: string, text: string) {
    const absolutePath = join(folder, "person", name);
    // A newer version takes the name; it is not written into the older one.
    await rm(absolutePath, { force: true });
    await writeFile(absolutePath, text);
    const { mtimeMs, size } = await stat(absolutePath);
    const root = rootOfText(text);
    const content = { root, size, chunkSize: CHUNK_MIN_BYTES };
    holdings.add(
      { ...content, absolutePath, mtimeMs, origin: "theirs" },
      Buffer.alloc(0),
    );
    return { path: name, root, size, mtimeMs, absolutePath };
  }

  async function texts(): Promise<readonly string[]> {
    const names = await readdir(join(folder, "versions")).catch(() => []);
    const all = names.map((it) =>
      readFile(join(folder, "versions", it), "utf8"),
    );
    return (await Promise.all(all)).sort();
  }

  return { kept, holdings, clock, placed, texts };
}

test("a version that is replaced is kept under its content, and can be had from there", async () => {
  const { kept, holdings, placed, texts } = await open();
  const first = await placed("a.txt", "first");
  await kept.keep(space, first);
  await writeFile(`${first.absolutePath}.new`, "second");
  await rename(`${first.absolutePath}.new`, first.absolutePath);
  expect(await texts()).toEqual(["first"]);
  expect(kept.list()).toMatchObject([
    { space, path: "a.txt", root: first.root, size: 5 },
  ]);
  const origins = holdings.find(first.root).map(({ origin }) => origin);
  expect(new Set(origins)).toEqual(new Set(["theirs", "version"]));
  expect(await kept.giveWay(1)).toBe(5);
  expect([kept.list(), await texts()]).toEqual([[], []]);
  expect(holdings.find(first.root).map(({ origin }) => origin)).toEqual([
    "theirs",
  ]);
});

test("a file that was touched since it was put there is not taken for the version it was", async () => {
  const { kept, placed, texts } = await open();
  const first = await placed("a.txt", "first");
  await writeFile(first.absolutePath, "mine!");
  await kept.keep(space, { ...first, mtimeMs: first.mtimeMs - 1 });
  expect([kept.list(), await texts()]).toEqual([[], []]);
});

test("all versions are kept for 30 days, then the last of each day", async () => {
  const { kept, clock, placed, texts } = await open();
  clock.advance(DAY_MS - (clock.now() % DAY_MS));
  for (const text of ["one", "two", "three"]) {
    await kept.keep(space, await placed("a.txt", text));
    clock.advance(60_000);
  }
  await kept.keep(space, await placed("b.txt", "other"));
  clock.advance(DAY_MS);
  await kept.keep(space, await placed("a.txt", "next day"));
  await kept.tidy();
  expect(await texts()).toHaveLength(5);
  clock.advance(ALL_KEPT_MS + DAY_MS);
  await kept.tidy();
  expect(await texts()).toEqual(["next day", "other", "three"]);
});

test("where there is no room the oldest give way, and what is too large is not kept at all", async () => {
  const { kept, clock, placed, texts } = await open(10);
  for (const text of ["1111", "2222", "3333", "much too large"]) {
    await kept.keep(space, await placed("a.txt", text));
    clock.advance(1_000);
  }
  expect(await texts()).toEqual(["2222", "3333"]);
});

test("one content that is a version of two files is kept once, and counted once", async () => {
  const { kept, placed, texts } = await open(10);
  await kept.keep(space, await placed("a.txt", "same"));
  await kept.keep(space, await placed("b.txt", "same"));
  await kept.keep(space, await placed("c.txt", "more"));
  expect(await texts()).toEqual(["more", "same"]);
  expect(kept.list()).toHaveLength(3);
});

test("all versions go in a moment when they are freed, and stay when that is undone, or the app closes first", async () => {
  const { kept, clock, placed, texts } = await open();
  await kept.keep(space, await placed("a.txt", "one"));
  await kept.keep(space, await placed("b.txt", "four"));
  const { versions, bytes, undo } = kept.freeAll();
  expect({ versions, bytes }).toEqual({ versions: 2, bytes: 7 });
  expect(kept.total).toEqual({ versions: 0, bytes: 0 });
  undo();
  clock.advance(FREE_UNDO_MS);
  await kept.tidy();
  expect(await texts()).toEqual(["four", "one"]);
  kept.freeAll();
  clock.advance(FREE_UNDO_MS);
  await kept.tidy();
  expect(await texts()).toEqual([]);
  await kept.keep(space, await placed("c.txt", "last"));
  kept.freeAll();
  await kept.close();
  clock.advance(FREE_UNDO_MS);
  expect(await texts()).toEqual(["last"]);
});

test("the oldest versions give way to what needs the room, and no more of them than it takes", async () => {
  const { kept, clock, placed, texts } = await open();
  for (const text of ["1111", "2222", "3333"]) {
    await kept.keep(space, await placed("a.txt", text));
    clock.advance(1_000);
  }
  expect(await kept.giveWay(5)).toBe(8);
  expect(await texts()).toEqual(["3333"]);
});
