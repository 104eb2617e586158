import { statSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { systemRandom } from "#core/base/random.ts";
import {
  createShares,
  download,
  pageOf,
  share,
  stagesOf,
  untilRow,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import { until } from "#core/testing/until.ts";

const MIB = 1024 * 1024;
const film = systemRandom.bytes(12 * MIB + 5);
const note = Buffer.from("A note of one chunk");
const song = Buffer.from("A song that is downloaded");
/** A disk in memory, where there is one beside that of the tests. */
const otherDisk = findOtherDisk("/dev/shm");

let free = 1_000_000_000_000;
const disks = {
  look: () => Promise.resolve({ disk: "one", free }),
};
let us: Shares;
beforeEach(async () => {
  free = 1_000_000_000_000;
  us = await createShares({ ben: { disks } });
});
afterEach(async () => {
  await us.close();
  const bugs = [...us.ana.bugs, ...us.ben.bugs];
  if (bugs.length > 0) throw new Error(bugs.join("\n"));
});

function findOtherDisk(path: string): string | null {
  const seen = statSync(path, { throwIfNoEntry: false });
  return seen === undefined || seen.dev === statSync(tmpdir()).dev
    ? null
    : path;
}

/** Ana shares a film, a note and a song, and Ben sees them. */
async function shareFilms(): Promise<SpaceId> {
  const folder = await us.folder("films", {
    "seen/film.mp4": film,
    "seen/note.txt": note,
    "song.txt": song,
  });
  const collection = await share(us.ana, folder);
  await untilRow(us.ben, collection, ({ files }) => files === 3);
  return collection;
}

function rootOf(collection: SpaceId, path: string): FileRoot {
  const file = pageOf(us.ben, collection, "seen").items.find(
    (item) => item.path === path,
  );
  if (file?.kind !== "file") throw new Error("the file is not listed");
  return file.root;
}

async function read(root: FileRoot): Promise<Buffer> {
  const { signal } = new AbortController();
  const file = await us.ben.core.files.open(root, null, signal);
  const got: Uint8Array[] = [];
  for await (const piece of file?.stream ?? []) got.push(piece);
  return Buffer.concat(got);
}

function untilHere(collection: SpaceId, path: string) {
  const params = {
    collection,
    folder: "seen",
    search: "",
    first: 0,
    count: 9,
  };
  return until(
    us.ben.core.states.collection(params),
    (page) => page !== null && stagesOf(page)[path] === "here",
    { timeoutMs: 15_000 },
  );
}

test("FI4 FI7: what was watched to its end lies in the folder of its collection, as if downloaded", async () => {
  const collection = await shareFilms();
  await download(us.ben, collection, us.at("into"), ["song.txt"]);
  const root = rootOf(collection, "seen/film.mp4");
  expect((await read(root)).equals(film)).toBe(true);
  await untilHere(collection, "seen/film.mp4");
  const top = us.at("into", "Songs");
  const placed = await readFile(join(top, "seen", "film.mp4"));
  expect(placed.equals(film)).toBe(true);
  const kept = join(us.ben.dataFolder, "attachments");
  expect(await readdir(join(kept, ".incoming"))).toEqual([]);
  expect(await readdir(kept)).toEqual([".incoming"]);
  // From there it is shown, and a download has nothing to do.
  expect((await read(root)).equals(film)).toBe(true);
  await download(us.ben, collection, us.at("into"));
  expect((await readdir(join(top, "seen"))).sort()).toEqual([
    "film.mp4",
    "note.txt",
  ]);
});

test("FI4: a small file that was opened lies there too", async () => {
  const collection = await shareFilms();
  await download(us.ben, collection, us.at("into"), ["song.txt"]);
  const root = rootOf(collection, "seen/note.txt");
  expect((await read(root)).equals(note)).toBe(true);
  await untilHere(collection, "seen/note.txt");
  const placed = await readFile(us.at("into", "Songs", "seen", "note.txt"));
  expect(placed.equals(note)).toBe(true);
});

test("without a folder of its collection what was opened stays with the app, and is here", async () => {
  const collection = await shareFilms();
  const root = rootOf(collection, "seen/film.mp4");
  expect((await read(root)).equals(film)).toBe(true);
  await untilHere(collection, "seen/film.mp4");
  expect(await readdir(join(us.ben.dataFolder, "attachments"))).toContain(root);
});

test("with a folder for downloads what was opened makes the collection's folder there", async () => {
  const collection = await shareFilms();
  const into = await us.folder("downloads", {});
  const { grant } = await us.ben.core.grants.add(into);
  await us.ben.core.handlers.setDownloadFolder({ grant });
  expect((await read(rootOf(collection, "seen/film.mp4"))).equals(film)).toBe(
    true,
  );
  await untilHere(collection, "seen/film.mp4");
  const placed = await readFile(join(into, "Songs", "seen", "film.mp4"));
  expect(placed.equals(film)).toBe(true);
});

test("who watches without room is told so, and gets it once there is some", async () => {
  const collection = await shareFilms();
  free = 0;
  const root = rootOf(collection, "seen/film.mp4");
  const error = await read(root).catch((it: unknown) => it);
  expect(isCoreError(error, "disk-full")).toBe(true);
  free = 1_000_000_000_000;
  expect((await read(root)).equals(film)).toBe(true);
});

test.skipIf(otherDisk === null)(
  "FI4: what was watched gets its place on another disk too",
  async () => {
    const collection = await shareFilms();
    const into = await mkdtemp(join(otherDisk ?? "", "commonplace-"));
    onTestFinished(() => rm(into, { recursive: true, force: true }));
    await download(us.ben, collection, into, ["song.txt"]);
    const root = rootOf(collection, "seen/film.mp4");
    expect((await read(root)).equals(film)).toBe(true);
    await untilHere(collection, "seen/film.mp4");
    const placed = await readFile(join(into, "Songs", "seen", "film.mp4"));
    expect(placed.equals(film)).toBe(true);
    const incoming = join(us.ben.dataFolder, "attachments", ".incoming");
    expect(await readdir(incoming)).toEqual([]);
  },
);
