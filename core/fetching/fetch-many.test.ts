import { afterEach, expect, test } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import {
  createFilesDevices,
  joinDevices,
  share,
  testBytes,
  testContent,
  testSpace,
  type FilesDevice,
} from "#core/testing/files-device.ts";
import { until } from "#core/testing/until.ts";
import type { Verified } from "./fetch-batch.ts";
import type { Progress } from "./fetch-progress.ts";

const MIB = 1024 * 1024;
const garden = testSpace("garden");
const contents = Array.from({ length: 2_000 }, (_, index) =>
  testContent(testBytes(index % 300, index + 1)),
);
const distinct = new Set(contents.map(({ root }) => root)).size;

const devices = createFilesDevices();
afterEach(() => devices.close());

async function pair(): Promise<readonly [FilesDevice, FilesDevice]> {
  const [ana, ben] = [await devices.make(), await devices.make()];
  for (const content of contents) share(garden, content, [ana], [ben]);
  return [ana, ben];
}

function collect() {
  const calls: (readonly Verified[])[] = [];
  return {
    calls,
    sink: (batch: readonly Verified[]) => {
      calls.push(batch);
      return Promise.resolve();
    },
  };
}

test("FI9: many small files come in batches, each content once", async () => {
  const [ana, ben] = await pair();
  await joinDevices(ana, ben, [garden]);
  const { calls, sink } = collect();
  let last: Progress | null = null;
  await ben.fetcher.fetchMany([...contents, ...contents], sink, {
    onProgress(progress) {
      last = progress;
    },
  });
  const taken = calls.flat();
  expect(taken).toHaveLength(distinct);
  const bytes = new Map(contents.map((it) => [it.root, it.bytes]));
  for (const { content, bytes: came } of taken)
    expect(came.equals(bytes.get(content.root) ?? Buffer.of(0))).toBe(true);
  expect(ana.reader.served).toHaveLength(distinct);
  expect(calls.length).toBeLessThan(distinct / 4);
  expect(last).toMatchObject({ done: distinct, isWaiting: false });
});

test("many small files come from every source", async () => {
  const [ana, ben] = await pair();
  const cem = await devices.make();
  for (const content of contents) share(garden, content, [cem], []);
  await joinDevices(ana, ben, [garden]);
  await joinDevices(cem, ben, [garden]);
  await until(ben.exchange.remotes, (all) => all.length === 2);
  const { calls, sink } = collect();
  await ben.fetcher.fetchMany(contents, sink);
  expect(calls.flat()).toHaveLength(distinct);
  const counts = [ana.reader.served.length, cem.reader.served.length];
  expect(Math.min(...counts)).toBeGreaterThan(distinct / 10);
  expect(counts[0]).toBe(distinct - (counts[1] ?? 0));
});

test("a slow sink holds the fetching back", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  const large = Array.from({ length: 160 }, (_, index) =>
    testContent(testBytes(256 * 1024, index + 1)),
  );
  for (const content of large) share(garden, content, [ana], [ben]);
  await joinDevices(ana, ben, [garden]);
  let most = 0;
  let taken = 0;
  await ben.fetcher.fetchMany(large, async (batch) => {
    await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, ana.reader.served.length - taken);
    taken += batch.length;
  });
  // What is in memory here, 16 MiB, and what the other end read ahead.
  expect(most).toBeLessThanOrEqual((16 + 2 + 1) * 4);
});

test("what has no source yet is waited for, and the rest comes meanwhile", async () => {
  const [ana, ben] = await pair();
  const late = testContent(testBytes(1_000, 77));
  share(garden, late, [], [ana, ben]);
  await joinDevices(ana, ben, [garden]);
  const { calls, sink } = collect();
  let isLate = false;
  await ben.fetcher.fetchMany([late, ...contents], sink, {
    onProgress({ done, isWaiting }) {
      if (done !== distinct || !isWaiting || isLate) return;
      isLate = true;
      ana.reader.add(late);
      ana.exchange.tell([garden]);
    },
  });
  expect(isLate).toBe(true);
  expect(calls.flat()).toHaveLength(distinct + 1);
});

test("an error of the sink ends the fetch with it", async () => {
  const [ana, ben] = await pair();
  await joinDevices(ana, ben, [garden]);
  let calls = 0;
  const fetched = ben.fetcher.fetchMany(contents, () => {
    calls++;
    return Promise.reject(new Error("no room"));
  });
  await expect(fetched).rejects.toThrow("no room");
  expect(calls).toBe(1);
});

test("a signal ends the fetch, after the sink's call under way", async () => {
  const [ana, ben] = await pair();
  await joinDevices(ana, ben, [garden]);
  const stop = new AbortController();
  let running = 0;
  const fetched = ben.fetcher.fetchMany(
    contents,
    async () => {
      running++;
      stop.abort(new Error("enough"));
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    },
    { signal: stop.signal },
  );
  await expect(fetched).rejects.toThrow("enough");
  expect(running).toBe(0);
  expect(ana.reader.served.length).toBeLessThan(distinct);
});

test("nothing is fetched of an empty list, and content of several chunks is refused", async () => {
  const ben = await devices.make();
  await ben.fetcher.fetchMany([], () => Promise.reject(new Error("called")));
  const error: unknown = await ben.fetcher
    .fetchMany([testContent(testBytes(MIB))], () => Promise.resolve())
    .catch((thrown: unknown) => thrown);
  expect(isCoreError(error, "invalid-input")).toBe(true);
});
