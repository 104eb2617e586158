import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
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
const film = randomBytes(48 * MIB + 5);

let us: Shares;
beforeEach(async () => {
  us = await createShares();
});
afterEach(async () => {
  expect([us.ana.bugs, us.ben.bugs]).toEqual([[], []]);
  await us.close();
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

/** Reads a part of the film as the page would, and compares it. */
async function readPart(root: FileRoot, start: number, end: number) {
  const { signal } = new AbortController();
  const file = await us.ben.core.files.open(root, { start, end }, signal);
  const got: Uint8Array[] = [];
  for await (const piece of file?.stream ?? []) got.push(piece);
  expect(Buffer.concat(got).equals(film.subarray(start, end))).toBe(true);
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
  const placed = await readFile(us.at("into", "Songs", "film.mp4"));
  expect(placed.equals(film)).toBe(true);
});
