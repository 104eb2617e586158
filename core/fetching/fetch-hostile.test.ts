import { readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { createState } from "#core/base/state.ts";
import {
  createFilesDevices,
  joinDevices,
  share,
  testBytes,
  testContent,
  testSpace,
  type TestContent,
} from "#core/testing/files-device.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { until, untilTrue } from "#core/testing/until.ts";
import { partPath } from "./fetch-part.ts";
import type { Progress } from "./fetch-progress.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const garden = testSpace("garden");

const devices = createFilesDevices();
afterEach(() => devices.close());

function damaged(bytes: Buffer): Buffer {
  const other = Buffer.from(bytes);
  other[0] = (other[0] ?? 0) ^ 1;
  return other;
}

/** One who holds it, one who lies about it, and one who wants it. */
async function withLiar(content: TestContent) {
  const [ana, liar, ben] = [
    await devices.make(),
    await devices.make(),
    await devices.make(),
  ];
  share(garden, content, [ana, liar], [ben]);
  const [, lie] = await joinDevices(liar, ben, [garden]);
  await until(ben.exchange.remotes, (all) => all.length === 1);
  const progress = createState<Progress | null>(null);
  return { ana, liar, ben, lie, progress };
}

test("FI2: a chunk that is not the one of the list is thrown away, and comes from another source", async () => {
  const content = testContent(testBytes(8 * MIB));
  const { ana, liar, ben, lie, progress } = await withLiar(content);
  liar.reader.before = (bytes) => Promise.resolve(damaged(bytes));
  const fetched = ben.fetcher.fetch(content, {
    onProgress: (it) => {
      progress.set(it);
    },
  });
  await until(progress, (it) => it?.isWaiting === true);
  expect(lie.faults).toContain("files-chunk-wrong");
  expect(progress.peek()?.verifiedBytes).toBe(0);
  const part = await readFile(partPath(ben.folder, content));
  expect(part.equals(Buffer.alloc(content.size))).toBe(true);
  await joinDevices(ana, ben, [garden]);
  const { path } = await fetched;
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
});

test("FI2: a list that does not hash to the root is thrown away, and comes from another source", async () => {
  const content = testContent(testBytes(2 * MIB));
  const { ana, liar, ben, lie } = await withLiar(content);
  liar.reader.add({ ...content, list: damaged(content.list) });
  const fetched = ben.fetcher.fetch(content);
  await untilTrue(() => lie.faults.includes("files-list-wrong"));
  expect(liar.reader.served).toEqual([]);
  await joinDevices(ana, ben, [garden]);
  const { path } = await fetched;
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
});

test("FI2: a small file that is another one never reaches the sink", async () => {
  const content = testContent(testBytes(4 * KIB));
  const { ana, liar, ben, lie } = await withLiar(content);
  liar.reader.before = (bytes) => Promise.resolve(damaged(bytes));
  const taken: Buffer[] = [];
  const fetched = ben.fetcher.fetchMany([content], (batch) => {
    taken.push(...batch.map(({ bytes }) => bytes));
    return Promise.resolve();
  });
  await untilTrue(() => lie.faults.includes("files-chunk-wrong"));
  await joinDevices(ana, ben, [garden]);
  await fetched;
  expect(taken).toHaveLength(1);
  expect(taken[0]?.equals(content.bytes)).toBe(true);
});

test("a record with a false size blames no source and does not hold up the true one", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  const [, line] = await joinDevices(ana, ben, [garden]);
  const content = testContent(testBytes(2 * MIB));
  share(garden, content, [ana], [ben]);
  const stop = new AbortController();
  const falseOnes = [content.size - 1, 10 * MIB, 4 * KIB].map((size) =>
    ben.fetcher.fetch({ ...content, size }, { signal: stop.signal }),
  );
  const { path } = await ben.fetcher.fetch(content);
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
  expect(line.faults).toEqual([]);
  stop.abort(new Error("enough"));
  for (const fetched of falseOnes)
    await expect(fetched).rejects.toThrow("enough");
});

test("what one source lacks after all comes from another", async () => {
  const content = testContent(testBytes(8 * MIB));
  const { ana, liar, ben, lie } = await withLiar(content);
  liar.reader.before = (bytes, index) =>
    Promise.resolve(index < 3 ? bytes : null);
  const fetched = ben.fetcher.fetch(content);
  await untilTrue(() => liar.reader.served.length > 3);
  await joinDevices(ana, ben, [garden]);
  const { path } = await fetched;
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
  expect(lie.faults).toEqual([]);
});

test("a source that answers nothing for 10 s is not waited for", async () => {
  const clock = createManualClock();
  const [ana, silent, ben] = [
    await devices.make(),
    await devices.make(),
    await devices.make(clock),
  ];
  const contents = [
    testContent(testBytes(2 * MIB)),
    testContent(testBytes(KIB)),
  ];
  for (const content of contents) share(garden, content, [ana, silent], [ben]);
  silent.reader.before = () => new Promise(() => undefined);
  await joinDevices(silent, ben, [garden]);
  const fetched = contents.map((content) => ben.fetcher.fetch(content));
  // The first window: four chunks of the one, and the other.
  await untilTrue(() => silent.reader.served.length === 5);
  await joinDevices(ana, ben, [garden]);
  await until(ben.exchange.remotes, (all) => all.length === 2);
  // Both have to have said what they hold, before the time runs.
  const [, remote] = ben.exchange.remotes.peek();
  await remote?.held(contents.map(({ root }) => root));
  await untilTrue(() => ana.reader.served.length === 4);
  clock.advance(2_000);
  await remote?.held(contents.map(({ root }) => root));
  expect(ana.reader.served.length).toBe(4);
  clock.advance(9_000);
  for (const [index, { path }] of (await Promise.all(fetched)).entries())
    expect(contents[index]?.bytes.equals(await readFile(path))).toBe(true);
});
