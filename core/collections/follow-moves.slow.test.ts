import {
  link,
  mkdir,
  readdir,
  rename,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SpaceId } from "#core/contract/ids.ts";
import {
  chooseDownloads,
  contentsOf,
  createShares,
  download,
  pageOf,
  share,
  shareSource,
  stagesOf,
  untilRow,
  writeFiles,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { untilTrue } from "#core/testing/until.ts";
import { watchNetwork } from "#core/testing/watched-network.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

const LONG = { timeoutMs: 20_000 };

async function untilRests(
  person: TestPerson,
  collection: SpaceId,
): Promise<void> {
  await untilRow(
    person,
    collection,
    ({ watch }) => watch?.stage.stage === "rests",
  );
}

/** Waits until exactly these files lie in a folder. */
async function untilFiles(
  folder: string,
  paths: readonly string[],
): Promise<void> {
  await untilTrue(
    async () => (await namesIn(folder)).join(),
    (found) => found === [...paths].sort().join(),
    LONG,
  );
}

/** Files below a folder, but for those on their way. */
async function namesIn(folder: string): Promise<readonly string[]> {
  // A folder that goes while it is read is looked at again.
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith("."))
    .sort();
}

async function listOf(
  person: TestPerson,
  collection: SpaceId,
): Promise<string> {
  const page = pageOf(person, collection);
  return await Promise.resolve(Object.keys(stagesOf(page)).sort().join());
}

test("FI9: a large file that gets another name is moved at the reader's, and none of it is sent", async () => {
  const { people, ana, at } = shares;
  const network = watchNetwork(people.hub.network("Cleo"));
  const cleo = await people.add("Cleo", { network });
  await people.befriend(ana, cleo);
  const folder = await shares.folder("source", { "small.txt": "s" });
  await writeFile(join(folder, "film.mp4"), "film");
  await truncate(join(folder, "film.mp4"), 24 * 1024 ** 2);
  const collection = await share(ana, folder);
  await untilRow(cleo, collection, ({ files }) => files === 2);
  await download(cleo, collection, at("downloads"));
  await untilRests(ana, collection);
  const placed = at("downloads", "Songs", "film.mp4");
  const before = await stat(placed);
  const read = (): number =>
    network.lines.reduce((sum, { stream }) => sum + stream.rawBytesRead, 0);
  expect(read()).toBeGreaterThan(24 * 1024 ** 2);
  const bytesBefore = read();
  await mkdir(join(folder, "films"));
  await rename(join(folder, "film.mp4"), join(folder, "films", "The film.mp4"));
  await untilTrue(
    () => listOf(cleo, collection),
    (it) => it === "films,small.txt",
    LONG,
  );
  await untilFiles(at("downloads", "Songs"), [
    "films/The film.mp4",
    "small.txt",
  ]);
  const after = await stat(at("downloads", "Songs", "films", "The film.mp4"));
  expect([after.ino, after.size]).toEqual([before.ino, before.size]);
  expect(after.nlink).toBe(1);
  await untilRow(cleo, collection, ({ filesHere }) => filesHere === 2);
  expect(read() - bytesBefore).toBeLessThan(64 * 1024);
  // It is served from its new place.
  const row = await untilRow(cleo, collection, () => true);
  expect(row.bytesHere).toBe(24 * 1024 ** 2 + 1);
  await cleo.close();
  await network.close();
});

test("FI9: a folder that gets another name is moved as a whole, and the emptied one goes", async () => {
  const { ana, ben, at } = shares;
  const names = Array.from({ length: 30 }, (_, n) => `old/${String(n)}.txt`);
  const folder = await shares.folder(
    "source",
    Object.fromEntries(names.map((name) => [name, name])),
  );
  await writeFiles(folder, { "stays.txt": "stays" });
  const collection = await share(ana, folder);
  await untilRow(ben, collection, ({ files }) => files === 31);
  await download(ben, collection, at("downloads"));
  await untilRests(ana, collection);
  await rename(join(folder, "old"), join(folder, "new"));
  const moved = names.map((name) => name.replace("old", "new"));
  await untilFiles(at("downloads", "Songs"), [...moved, "stays.txt"]);
  await expect(stat(at("downloads", "Songs", "old"))).rejects.toThrow();
  await untilRow(
    ben,
    collection,
    (row) => row.files === 31 && row.filesHere === 31,
  );
  // Never asked about: nothing was lost.
  await untilRests(ana, collection);
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("a name that differs in case only is followed", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", { "Readme.TXT": "r" });
  const collection = await share(ana, folder);
  await untilRow(ben, collection, ({ files }) => files === 1);
  await download(ben, collection, at("downloads"));
  await untilRests(ana, collection);
  await rename(join(folder, "Readme.TXT"), join(folder, "readme.txt"));
  await untilTrue(
    () => listOf(ben, collection),
    (it) => it === "readme.txt",
    LONG,
  );
  await untilFiles(at("downloads", "Songs"), ["readme.txt"]);
});

test("a copy that the person changed stays where it is, and one whose file was removed stays too", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", { "a.txt": "a", "b.txt": "b" });
  const collection = await share(ana, folder);
  await untilRow(ben, collection, ({ files }) => files === 2);
  await download(ben, collection, at("downloads"));
  await untilRests(ana, collection);
  const saved = at("downloads", "Songs");
  await writeFile(join(saved, "a.txt"), "Ben wrote here");
  await rename(join(folder, "a.txt"), join(folder, "c.txt"));
  await rm(join(folder, "b.txt"));
  await untilTrue(
    () => listOf(ben, collection),
    (it) => it === "c.txt",
    LONG,
  );
  await download(ben, collection, at("downloads"));
  await untilFiles(saved, ["a.txt", "b.txt", "c.txt"]);
  expect(await contentsOf(saved)).toMatchObject({
    "a.txt": Buffer.from("Ben wrote here").toString("base64"),
    "b.txt": Buffer.from("b").toString("base64"),
  });
});

test("a reader who was away finds a file under its last name", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", { "one.txt": "same" });
  const collection = await share(ana, folder);
  await untilRow(ben, collection, ({ files }) => files === 1);
  await download(ben, collection, at("downloads"));
  await untilRests(ana, collection);
  await ben.close();
  await rename(join(folder, "one.txt"), join(folder, "two.txt"));
  await untilTrue(
    () => listOf(ana, collection),
    (it) => it === "two.txt",
    LONG,
  );
  await untilRests(ana, collection);
  await rename(join(folder, "two.txt"), join(folder, "three.txt"));
  await untilTrue(
    () => listOf(ana, collection),
    (it) => it === "three.txt",
    LONG,
  );
  const again = await ben.restart();
  await untilFiles(at("downloads", "Songs"), ["three.txt"]);
  await untilRow(again, collection, ({ filesHere }) => filesHere === 1);
});

test("a second name for a file, and two files that change names, are no loss and need no reading", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", {
    "a.txt": "aa",
    "b.txt": "bbb",
  });
  const collection = await share(ana, folder);
  await untilRow(ben, collection, ({ files }) => files === 2);
  await untilRests(ana, collection);
  await link(join(folder, "a.txt"), join(folder, "also a.txt"));
  await untilTrue(
    () => listOf(ben, collection),
    (it) => it === "a.txt,also a.txt,b.txt",
    LONG,
  );
  await untilRests(ana, collection);
  await rename(join(folder, "a.txt"), join(folder, "x"));
  await rename(join(folder, "b.txt"), join(folder, "a.txt"));
  await rename(join(folder, "x"), join(folder, "b.txt"));
  await untilTrue(
    () =>
      pageOf(ben, collection)
        .items.flatMap((item) =>
          item.kind === "file" ? [`${item.name} ${String(item.size)}`] : [],
        )
        .join(),
    (it) => it === "a.txt 3,also a.txt 2,b.txt 2",
    LONG,
  );
  await download(ben, collection, at("downloads"));
  expect(await contentsOf(at("downloads", "Songs"))).toEqual(
    await contentsOf(folder),
  );
});

test("a file that was replaced by another one of the same size and time is noticed", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", { "a.txt": "one" });
  await utimes(join(folder, "a.txt"), 1000, 1000);
  const collection = await share(ana, folder);
  await untilRow(ben, collection, ({ files }) => files === 1);
  await untilRests(ana, collection);
  await writeFile(at("other"), "two");
  await utimes(at("other"), 1000, 1000);
  await rename(at("other"), join(folder, "a.txt"));
  await untilTrue(
    async () => {
      await download(ben, collection, at("downloads"));
      return (await contentsOf(at("downloads", "Songs")))["a.txt"];
    },
    (it) => it === Buffer.from("two").toString("base64"),
    LONG,
  );
});

test("FI9: what is kept stays kept under its new name, a file and a folder, and is kept no more when that is said later", async () => {
  const { ana, ben, at } = shares;
  const { folder, collection } = await shareSource(shares, {
    "a.txt": "a",
    "songs/b.txt": "b",
    "songs/c.txt": "c",
    "d.txt": "d",
  });
  await download(ben, collection, at("downloads"));
  await chooseDownloads(ben, at("downloads"));
  const keep = (person: TestPerson, path: string, kept: boolean) =>
    person.core.handlers.keep({ collection, paths: [path], kept });
  await keep(ben, "a.txt", true);
  await keep(ben, "songs", true);
  await untilRests(ana, collection);
  await rename(join(folder, "a.txt"), join(folder, "again.txt"));
  await rename(join(folder, "songs"), join(folder, "music"));
  const here = at("downloads", "Songs");
  await untilFiles(here, ["again.txt", "d.txt", "music/b.txt", "music/c.txt"]);
  const keptOf = (person: TestPerson) =>
    pageOf(person, collection)
      .items.filter(({ kept }) => kept)
      .map(({ path }) => path);
  await untilTrue(
    () => keptOf(ben).join(),
    (kept) => kept === "music,again.txt",
    LONG,
  );
  // What is added to the folder later is kept too.
  await writeFiles(folder, { "music/e.txt": "e" });
  await untilRow(ben, collection, (row) => row.filesHere === 5);
  await keep(ben, "again.txt", false);
  const later = await ben.restart();
  await writeFiles(folder, { "music/f.txt": "f" });
  await untilRow(later, collection, (row) => row.filesHere === 6);
  expect(keptOf(later)).toEqual(["music"]);
  expect([...ana.bugs, ...later.bugs]).toEqual([]);
});
