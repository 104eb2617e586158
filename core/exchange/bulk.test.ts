import { open, readFile, writeFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { createState } from "#core/base/state.ts";
import {
  joinOverTcp,
  laneOf,
  storeContent,
} from "#core/testing/bulk-devices.ts";
import {
  createFilesDevices,
  joinDevices,
  share,
  testBytes,
  testContent,
  testSpace,
  type FilesDevice,
  type TestContent,
} from "#core/testing/files-device.ts";
import { until } from "#core/testing/until.ts";
import { chunkCount } from "#core/files/chunks.ts";

const MIB = 1024 * 1024;
const garden = testSpace("garden");
const content = testContent(testBytes(40 * MIB + 77));

const devices = createFilesDevices();
afterEach(() => devices.close());

/** One who holds the content in a file, and one who wants it. */
async function pair(): Promise<readonly [FilesDevice, FilesDevice]> {
  const [ana, ben] = [await devices.make(), await devices.make()];
  share(garden, content, [ana], [ben]);
  // The line gives nothing before the lane stands, so that the lane has most to do.
  ana.reader.before = async (bytes) => {
    await laneOf(ben);
    return bytes;
  };
  return [ana, ben];
}

async function expectFetched(ben: FilesDevice, of: TestContent = content) {
  const { path } = await ben.fetcher.fetch(of);
  expect((await readFile(path)).equals(of.bytes)).toBe(true);
}

/** What the first window asked of the line before the lane stood. */
const FIRST = 20;

test.each([
  ["who fetches", true],
  ["who serves", false],
])(
  "FI11: a large file comes over a bulk lane when %s called",
  async (_, isCaller) => {
    const [ana, ben] = await pair();
    await storeContent(ana, content);
    await joinOverTcp(isCaller ? [ben, ana] : [ana, ben], [garden]);
    await expectFetched(ben);
    expect(ana.reader.served.length).toBeLessThan(FIRST);
  },
);

test("FI11: what a thread cannot read by itself goes over the lane too", async () => {
  const [ana, ben] = await pair();
  await joinOverTcp([ben, ana], [garden]);
  await expectFetched(ben);
  expect(ana.reader.served.length).toBeGreaterThanOrEqual(
    chunkCount(content.size),
  );
});

test("FI11 FI3: a chunk that changed on the disk is not served from there", async () => {
  const [ana, ben] = await pair();
  const path = await storeContent(ana, content);
  const file = await open(path, "r+");
  await file.write(Buffer.from("changed"), 0, 7, 30 * MIB);
  await file.close();
  const [one] = await joinOverTcp([ben, ana], [garden]);
  await expectFetched(ben);
  expect(one.faults).toEqual([]);
});

/** So many small files that a lane is worth it. */
const notes = Array.from({ length: 600 }, (_, index) =>
  testContent(testBytes(index % 900, index + 1)),
);
const distinct = new Set(notes.map(({ root }) => root)).size;

/** As `pair`, for the small files; what the line gave is in `ana.reader.served`. */
async function pairWithNotes() {
  const [ana, ben] = await pair();
  const paths: string[] = [];
  for (const one of notes) {
    share(garden, one, [ana], [ben]);
    paths.push(await storeContent(ana, one));
  }
  const [benEnd] = await joinOverTcp([ben, ana], [garden]);
  return { ana, ben, benEnd, paths };
}

async function expectNotes(ben: FilesDevice): Promise<void> {
  const bytes = new Map(notes.map((one) => [one.root, one.bytes]));
  let taken = 0;
  await ben.fetcher.fetchMany(notes, (verified) => {
    for (const { content: one, bytes: came } of verified)
      if (bytes.get(one.root)?.equals(came) === true) taken++;
    return Promise.resolve();
  });
  expect(taken).toBe(distinct);
}

test("FI11: many small files come over a lane, in packs", async () => {
  const { ana, ben, benEnd } = await pairWithNotes();
  await ben.fetcher.fetchMany(notes.slice(0, 300), () => Promise.resolve());
  await laneOf(ben);
  const before = ana.reader.served.length;
  await expectNotes(ben);
  expect(ana.reader.served.length).toBe(before);
  expect(benEnd.faults).toEqual([]);
});

test("FI11 FI3: a small file that changed on the disk is not served from there", async () => {
  const { ben, benEnd, paths } = await pairWithNotes();
  for (const path of paths.slice(100, 200)) await writeFile(path, "changed");
  await expectNotes(ben);
  expect(benEnd.faults).toEqual([]);
});

test("FI11 FI8: small files that a lane did not bring come over the line", async () => {
  const { ana, ben } = await pairWithNotes();
  const all = expectNotes(ben);
  await laneOf(ben);
  await ana.bulk.serveThread.close();
  await all;
});

test("FI11 FI8: a lane that dies loses no verified byte, and the rest comes all the same", async () => {
  const [ana, ben] = await pair();
  await storeContent(ana, content);
  const [benEnd] = await joinOverTcp([ben, ana], [garden]);
  const verified = createState(0);
  let least = 0;
  const fetched = ben.fetcher.fetch(content, {
    onProgress: ({ verifiedBytes }) => {
      expect(verifiedBytes).toBeGreaterThanOrEqual(least);
      least = verifiedBytes;
      verified.set(verifiedBytes);
    },
  });
  await laneOf(ben);
  await until(verified, (bytes) => bytes > 8 * MIB);
  await ana.bulk.serveThread.close();
  const { path } = await fetched;
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
  expect(least).toBe(content.size);
  expect(benEnd.faults).toEqual([]);
});

test("FI11: no lane opens to a device that did not prove whose it is", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  share(garden, content, [ana], [ben]);
  const [benEnd, anaEnd] = await joinOverTcp([ben, ana], [garden]);
  // Ben knows Ana, and Ana does not know Ben: she refuses.
  anaEnd.person.set(null);
  await expectFetched(ben);
  expect(ben.exchange.remotes.peek()[0]?.bulk?.up.peek()).toBeNull();
  expect([...benEnd.faults, ...anaEnd.faults]).toEqual([]);
  expect(ana.reader.served).toHaveLength(chunkCount(content.size));
});

test("FI11: a line that is not TCP on one network has no lane", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  share(garden, content, [ana], [ben]);
  await joinDevices(ana, ben, [garden]);
  await expectFetched(ben);
  expect(ana.reader.served).toHaveLength(chunkCount(content.size));
});
