import { readFile, rename } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import {
  createFilesDevices,
  joinDevices,
  share,
  testBytes,
  testContent,
  testSpace,
} from "#core/testing/files-device.ts";
import type { Fetched } from "./fetch-part.ts";
import { Fetcher } from "./fetch.ts";
import { Fetchers } from "./fetchers.ts";

const CHUNK = 256 * 1024;
const garden = testSpace("garden");
const film = testContent(testBytes(20 * CHUNK + 7));

const devices = createFilesDevices();
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await devices.close();
});

/** A device with a fetcher for what is read and one for downloads, and a place that takes its time. */
async function setUp() {
  const [ana, ben] = [await devices.make(), await devices.make()];
  share(garden, film, [ana], [ben]);
  await joinDevices(ana, ben, [garden]);
  const fetchers = new Fetchers();
  const make = (name: string) => {
    const folder = `${ben.folder}/${name}`;
    const clock = systemClock;
    const logger = silentLogger;
    const fetcher = new Fetcher({ ...ben, folder, clock, logger, fetchers });
    ends.push(() => fetcher.close());
    return fetcher;
  };
  const placed = `${ben.folder}/film`;
  let reached = (): void => undefined;
  const whole = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let go = (): void => undefined;
  const allowed = new Promise<void>((resolve) => {
    go = resolve;
  });
  const take = async ({ path }: Fetched): Promise<void> => {
    reached();
    await allowed;
    await rename(path, placed);
  };
  return { ana, fetchers, make, placed, whole, take, go };
}

test("FI9: what is on the way to its place can be read, and nobody takes it away", async () => {
  const { ana, fetchers, make, placed, whole, take, go } = await setUp();
  const [reads, downloads] = [make("reads"), make("downloads")];
  const fetching = downloads.fetch(film, { take });
  await whole;
  expect(fetchers.find(film)).toBe(downloads);
  const before = ana.reader.served.length;
  const reading = downloads.read(film);
  for (const index of [20, 3]) {
    const bytes = await reading.chunk(index, index);
    const chunk = film.bytes.subarray(index * CHUNK, (index + 1) * CHUNK);
    expect(bytes.equals(chunk)).toBe(true);
  }
  const other = reads.read(film);
  const late = other.chunk(5, 5);
  go();
  await fetching;
  expect((await readFile(placed)).equals(film.bytes)).toBe(true);
  // A reader that has it open reads on.
  expect((await reading.chunk(7, 7)).byteLength).toBe(CHUNK);
  reading.close();
  await late;
  other.close();
  // One chunk for who could not know, and nothing for the others.
  expect(ana.reader.served.length).toBe(before + 1);
});

test("stopping comes too late for what is on the way to its place", async () => {
  const { fetchers, make, placed, whole, take, go } = await setUp();
  const downloads = make("downloads");
  const stop = new AbortController();
  const fetching = downloads.fetch(film, { take, signal: stop.signal });
  await whole;
  stop.abort(new Error("paused"));
  const reading = downloads.read(film);
  reading.close();
  expect(fetchers.find(film)).toBe(downloads);
  go();
  await fetching;
  expect((await readFile(placed)).equals(film.bytes)).toBe(true);
  expect(fetchers.find(film)).toBeNull();
});

test("a fetcher closes when what is on the way lies in its place; its readers end", async () => {
  const { make, placed, whole, take, go } = await setUp();
  const downloads = make("downloads");
  const fetching = downloads.fetch(film, { take });
  await whole;
  const reading = downloads.read(film);
  await reading.chunk(1, 1);
  let isClosed = false;
  const closing = downloads.close().then(() => {
    isClosed = true;
  });
  await expect(reading.chunk(2, 2)).rejects.toThrow("cancelled");
  expect(isClosed).toBe(false);
  go();
  await Promise.all([closing, fetching]);
  expect((await readFile(placed)).equals(film.bytes)).toBe(true);
});

test("what cannot be put in its place is told to who fetched it, and to nobody else", async () => {
  const { fetchers, make } = await setUp();
  const downloads = make("downloads");
  const refused = downloads.fetch(film, {
    take: () => Promise.reject(new Error("no such folder")),
  });
  const other = downloads.fetch(film);
  await expect(refused).rejects.toThrow("no such folder");
  const { path } = await other;
  expect((await readFile(path)).equals(film.bytes)).toBe(true);
  expect(fetchers.find(film)).toBeNull();
});

test("FI9: two folders that fetch the same take nothing from each other", async () => {
  const { make } = await setUp();
  const [one, other] = [make("one"), make("other")];
  const paths = await Promise.all([one.fetch(film), other.fetch(film)]);
  for (const { path } of paths)
    expect((await readFile(path)).equals(film.bytes)).toBe(true);
});
