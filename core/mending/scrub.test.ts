import { readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { silentLogger } from "#core/base/logger.ts";
import { chunkCount, chunkSizeFor } from "#core/files/chunks.ts";
import { Hasher } from "#core/files/hasher.ts";
import { HOLDINGS_MIGRATION } from "#core/files/holdings-tables.ts";
import { Holdings } from "#core/files/holdings.ts";
import { HoldingReader } from "#core/files/open-holding.ts";
import { openLocal } from "#core/storage/databases.ts";
import { testBytes } from "#core/testing/files-device.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { Scrub, SCRUB_DAY_BYTES } from "./scrub.ts";
import { SCRUB_MIGRATION } from "./scrub-tables.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

async function createShelf() {
  const folder = await tempFolder();
  const local = openLocal(join(folder, "local.db"), [
    HOLDINGS_MIGRATION,
    SCRUB_MIGRATION,
  ]);
  const holdings = new Holdings(local);
  const reader = new HoldingReader(holdings);
  const hasher = new Hasher();
  const clock = createManualClock();
  const read: { bytes: number; readonly chunks: string[] } = {
    bytes: 0,
    chunks: [],
  };
  let mayRead = true;
  function open() {
    return new Scrub({
      local,
      holdings,
      reader: {
        async readChunk(holding, index) {
          read.chunks.push(`${holding.absolutePath} ${String(index)}`);
          const bytes = await reader.readChunk(holding, index);
          read.bytes += bytes?.byteLength ?? 0;
          return bytes;
        },
      },
      mayRead: () => mayRead,
      clock,
      logger: silentLogger,
    });
  }
  let scrub = open();
  onTestFinished(async () => {
    await scrub.close();
    await hasher.close();
    await reader.close();
    await local.close();
  });
  return {
    folder,
    holdings,
    clock,
    read,
    get scrub() {
      return scrub;
    },
    /** As a restart of the app does. */
    async restart() {
      await scrub.close();
      scrub = open();
    },
    allow(it: boolean) {
      mayRead = it;
    },
    async add(name: string, bytes: Buffer) {
      const absolutePath = join(folder, name);
      await writeFile(absolutePath, bytes);
      const { root, size, mtimeMs, list } = await hasher.hashFile(absolutePath);
      const chunkSize = chunkSizeFor(size);
      const origin = "theirs";
      holdings.add(
        { root, size, chunkSize, absolutePath, mtimeMs, origin },
        list,
      );
      return absolutePath;
    },
    async pass(ms: number, step = 30_000) {
      for (let at = 0; at < ms; at += step) {
        clock.advance(step);
        await scrub.idle();
      }
    },
  };
}

/** Turns one bit over, and leaves size and time. */
async function flip(path: string, bit: number): Promise<void> {
  const { atime, mtime, mtimeMs } = await stat(path);
  const bytes = await readFile(path);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  await writeFile(path, bytes);
  await utimes(path, atime, mtime);
  // Node sets times to the microsecond; a test must not mistake that for a change.
  if ((await stat(path)).mtimeMs !== mtimeMs) throw new Error("another time");
}

test("FI15: one pass finds every bit that was turned over, and marks nothing else", async () => {
  const shelf = await createShelf();
  const random = seededRandom("scrub");
  const planted = new Set<string>();
  for (let index = 0; index < 60; index++) {
    const size = random.pick([1, 900, 262_144, 262_145, 700_000]);
    const path = await shelf.add(
      `${String(index)}.bin`,
      testBytes(size, index + 1),
    );
    const time = new Date(Date.UTC(2030, 0, 1));
    await utimes(path, time, time);
    const { mtimeMs } = await stat(path);
    const known = shelf.holdings.at(path);
    const list = known === null ? null : shelf.holdings.list(known.root);
    if (known !== null)
      shelf.holdings.add({ ...known, mtimeMs }, list ?? Buffer.alloc(0));
    if (random.below(3) > 0) continue;
    await flip(path, random.below(size * 8));
    planted.add(path);
  }
  await shelf.pass(60_000);
  expect(shelf.scrub.place.passes).toBe(1);
  expect(
    new Set(shelf.holdings.damaged().map((it) => it.absolutePath)),
  ).toEqual(planted);
  for (const path of planted) {
    const known = shelf.holdings.at(path);
    expect(known?.changed).toBe(true);
    // It is served no more.
    expect(known === null || shelf.holdings.has(known.root)).toBe(false);
  }
});

test("a file that somebody wrote is changed, and not damaged", async () => {
  const shelf = await createShelf();
  const path = await shelf.add("a.txt", testBytes(500));
  await writeFile(path, testBytes(500, 2));
  await utimes(path, new Date(), new Date(Date.UTC(2030, 0, 1)));
  await shelf.pass(60_000);
  expect(shelf.holdings.at(path)).toMatchObject({
    changed: true,
    damaged: false,
  });
});

test("the scrub reads a gigabyte a day, and nothing while the disk is needed", async () => {
  const shelf = await createShelf();
  const size = 262_144 * 4;
  for (let index = 0; index < 20; index++)
    await shelf.add(`${String(index)}.bin`, testBytes(size, index + 1));
  shelf.allow(false);
  await shelf.pass(10 * 60_000);
  expect(shelf.read.bytes).toBe(0);
  shelf.allow(true);
  // Passes begin a week apart; within one, the budget is what counts.
  await shelf.pass(60_000);
  expect(shelf.read.bytes).toBe(20 * size);
  await shelf.pass(6 * DAY_MS, DAY_MS / 4);
  expect(shelf.read.bytes).toBe(20 * size);
  await shelf.pass(2 * DAY_MS, DAY_MS / 4);
  expect(shelf.read.bytes).toBe(40 * size);
  expect(SCRUB_DAY_BYTES).toBe(1_000_000_000);
});

test("the scrub goes on where it was, after a restart too", async () => {
  const shelf = await createShelf();
  const size = 262_144 * 100;
  for (const name of ["a", "b", "c", "d", "e"])
    await shelf.add(name, testBytes(size, name.charCodeAt(0)));
  await shelf.pass(30_000);
  // One burst is 64 MB: it stopped in the third file.
  expect(shelf.scrub.place.chunk).toBeGreaterThan(0);
  expect(shelf.scrub.place.path).toBe(join(shelf.folder, "c"));
  await shelf.restart();
  await shelf.pass(3 * 60 * 60 * 1000, 30_000);
  expect(shelf.scrub.place.passes).toBe(1);
  expect(new Set(shelf.read.chunks).size).toBe(5 * chunkCount(size));
  expect(shelf.read.chunks.length).toBe(5 * chunkCount(size));
}, 30_000);
