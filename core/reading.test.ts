import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { systemRandom } from "#core/base/random.ts";
import {
  createShares,
  pageOf,
  share,
  startDownload,
  untilDone,
  untilRow,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const film = systemRandom.bytes(48 * MIB + 5);

let us: Shares;
beforeEach(async () => {
  us = await createShares();
});
afterEach(async () => {
  await us.close();
  const bugs = [...us.ana.bugs, ...us.ben.bugs];
  if (bugs.length > 0) throw new Error(bugs.join("\n"));
});

/** Ana shares a film, and Ben sees it. */
async function shareFilm() {
  const folder = await us.folder("films", { "film.mp4": film });
  const collection = await share(us.ana, folder);
  await untilRow(us.ben, collection, ({ files }) => files === 1);
  return { collection, root: rootOf(collection) };
}

function rootOf(collection: SpaceId): FileRoot {
  const [file] = pageOf(us.ben, collection).items;
  if (file?.kind !== "file") throw new Error("the film is not listed");
  return file.root;
}

const never = new AbortController().signal;

/** Opens a part of the film as the page would; `rest` reads on to its end and compares. */
async function openPart(
  root: FileRoot,
  start: number,
  end: number,
  signal = never,
) {
  const file = await us.ben.core.files.open(root, { start, end }, signal);
  if (file?.stream === null || file === null) throw new Error("no such film");
  const pieces = file.stream[Symbol.asyncIterator]();
  const got: Uint8Array[] = [];
  async function next(): Promise<boolean> {
    const piece = await pieces.next();
    if (piece.done === true) return false;
    got.push(piece.value);
    return true;
  }
  await next();
  return {
    next,
    async rest() {
      while (await next());
      expect(Buffer.concat(got).equals(film.subarray(start, end))).toBe(true);
    },
  };
}

async function readPart(root: FileRoot, start: number, end: number) {
  const reader = await openPart(root, start, end);
  await reader.rest();
}

async function expectPlaced(): Promise<void> {
  const placed = await readFile(us.at("into", "Songs", "film.mp4"));
  expect(placed.equals(film)).toBe(true);
}

test("FI9: a film that is jumped about in while it is downloaded comes to its place", async () => {
  const { collection, root } = await shareFilm();
  const transfer = await startDownload(us.ben, collection, us.at("into"));
  let isDone = false;
  const done = untilDone(us.ben, transfer).finally(() => {
    isDone = true;
  });
  let at = 0;
  while (!isDone) {
    at = (at + 7 * MIB + 11) % (film.length - 256 * KIB);
    await readPart(root, at, at + 256 * KIB);
  }
  await done;
  await expectPlaced();
});

test("FI9: readers that leave and come while a download ends take nothing from it", async () => {
  const { collection, root } = await shareFilm();
  const transfer = await startDownload(us.ben, collection, us.at("into"));
  let isDone = false;
  const done = untilDone(us.ben, transfer).finally(() => {
    isDone = true;
  });
  const jump = async (first: number): Promise<void> => {
    for (let at = first; !isDone; at = (at + 5 * MIB) % (40 * MIB)) {
      const gone = new AbortController();
      const reader = await openPart(root, at, film.length, gone.signal);
      gone.abort(new Error("seek"));
      await expect(reader.next()).rejects.toThrow("seek");
    }
  };
  const through = await openPart(root, 0, film.length);
  await Promise.all([jump(0), jump(3 * MIB), through.rest(), done]);
  await expectPlaced();
});

test("two who watch, and then a download: all get what they want", async () => {
  const { collection, root } = await shareFilm();
  const one = await openPart(root, 0, 20 * MIB);
  const other = await openPart(root, 30 * MIB, film.length);
  const transfer = await startDownload(us.ben, collection, us.at("into"));
  await Promise.all([one.rest(), other.rest(), untilDone(us.ben, transfer)]);
  await expectPlaced();
});

test("who watches goes on when the download is paused, goes on and is cancelled", async () => {
  const { collection, root } = await shareFilm();
  const transfer = await startDownload(us.ben, collection, us.at("into"));
  const reader = await openPart(root, 0, film.length);
  const { handlers } = us.ben.core;
  await handlers.pauseTransfer({ transfer, paused: true });
  for (let pieces = 0; pieces < 8; pieces++) await reader.next();
  await handlers.pauseTransfer({ transfer, paused: false });
  for (let pieces = 0; pieces < 8; pieces++) await reader.next();
  await handlers.cancelTransfer({ transfer });
  await reader.rest();
});

test("who watches what is paused gets it, and the download goes on with that", async () => {
  const { collection, root } = await shareFilm();
  const transfer = await startDownload(us.ben, collection, us.at("into"));
  const { handlers } = us.ben.core;
  await handlers.pauseTransfer({ transfer, paused: true });
  const reader = await openPart(root, 10 * MIB, 20 * MIB);
  await reader.next();
  await handlers.pauseTransfer({ transfer, paused: false });
  await Promise.all([reader.rest(), untilDone(us.ben, transfer)]);
  await expectPlaced();
});

test("closing the app ends a download and those who watch, and the next run goes on", async () => {
  const { collection, root } = await shareFilm();
  const transfer = await startDownload(us.ben, collection, us.at("into"));
  const one = await openPart(root, 0, film.length);
  const other = await openPart(root, 24 * MIB, film.length);
  const ends = Promise.allSettled([one.rest(), other.rest()]);
  const again = await us.ben.restart();
  for (const end of await ends) expect(end.status).toBe("rejected");
  await untilDone(again, transfer);
  await expectPlaced();
  expect(again.bugs).toEqual([]);
});
