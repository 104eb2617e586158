import { readdir, readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import { createState } from "#core/base/state.ts";
import {
  createFilesDevices,
  joinDevices,
  share,
  testBytes,
  testContent,
  testSpace,
} from "#core/testing/files-device.ts";
import { until } from "#core/testing/until.ts";
import type { Progress } from "./fetch-progress.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const garden = testSpace("garden");
const cellar = testSpace("cellar");

const devices = createFilesDevices();
afterEach(() => devices.close());

/** Follows a fetch through a state that a test can wait for. */
function follow() {
  const progress = createState<Progress | null>(null);
  return {
    progress,
    onProgress: (value: Progress) => {
      progress.set(value);
    },
  };
}

test("FI2: content of any size comes over byte for byte", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  await joinDevices(ana, ben, [garden]);
  for (const size of [0, 1, 256 * KIB, 256 * KIB + 1, 5 * MIB]) {
    const content = testContent(testBytes(size));
    share(garden, content, [ana], [ben]);
    const { path, list } = await ben.fetcher.fetch(content);
    expect((await readFile(path)).equals(content.bytes)).toBe(true);
    expect(list.equals(content.list)).toBe(true);
    await ben.fetcher.discard(content);
  }
  expect(await readdir(ben.folder)).toEqual([]);
});

test("progress counts verified bytes up to the size and names nobody as waited for", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  await joinDevices(ana, ben, [garden]);
  const content = testContent(testBytes(3 * MIB));
  share(garden, content, [ana], [ben]);
  const seen: Progress[] = [];
  await ben.fetcher.fetch(content, { onProgress: (it) => seen.push(it) });
  const counts = seen.map(({ verifiedBytes }) => verifiedBytes);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(seen.at(-1)).toMatchObject({
    verifiedBytes: 3 * MIB,
    done: 1,
    isWaiting: false,
  });
});

test("a fetch without a source waits, and goes on when one comes", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  const content = testContent(testBytes(MIB));
  share(garden, content, [ana], [ben]);
  const { progress, onProgress } = follow();
  const fetched = ben.fetcher.fetch(content, { onProgress });
  await until(progress, (it) => it?.isWaiting === true);
  await joinDevices(ana, ben, [garden]);
  await fetched;
  expect(progress.peek()?.isWaiting).toBe(false);
});

test("a fetch goes on when a source tells that it came to hold more", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  const content = testContent(testBytes(MIB));
  share(garden, content, [], [ana, ben]);
  await joinDevices(ana, ben, [garden]);
  const { progress, onProgress } = follow();
  const fetched = ben.fetcher.fetch(content, { onProgress });
  await until(progress, (it) => it?.isWaiting === true);
  ana.reader.add(content);
  ana.exchange.tell([garden, cellar]);
  await fetched;
});

test("a fetch goes on when another space becomes common", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  const content = testContent(testBytes(MIB));
  share(cellar, content, [ana], [ben]);
  const ends = await joinDevices(ana, ben, [garden]);
  const { progress, onProgress } = follow();
  const fetched = ben.fetcher.fetch(content, { onProgress });
  await until(progress, (it) => it?.isWaiting === true);
  for (const { common } of ends) common.set(new Set([garden, cellar]));
  await fetched;
});

test("FI5: content that no common space names is neither asked for nor given", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  const secret = testContent(testBytes(MIB, 2));
  share(cellar, secret, [ana], [ben]);
  await joinDevices(ana, ben, [garden]);
  await until(ben.exchange.remotes, (all) => all.length === 1);
  const [remote] = ben.exchange.remotes.peek();
  expect(await remote?.held([secret.root])).toEqual(["none"]);
  for (const kind of ["chunk", "page"] as const) {
    const outcome = await new Promise((settle) => {
      const part = { kind, root: secret.root, index: 0 };
      remote?.ask([{ part, isUrgent: false, settle }]);
    });
    expect(outcome).toBe("lack");
  }
  expect(ana.reader.served).toEqual([]);
});

test("two sources share the load", async () => {
  const [ana, ben, cem] = [
    await devices.make(),
    await devices.make(),
    await devices.make(),
  ];
  const content = testContent(testBytes(16 * MIB));
  share(garden, content, [ana, ben], [cem]);
  await joinDevices(ana, cem, [garden]);
  await joinDevices(ben, cem, [garden]);
  await until(cem.exchange.remotes, (all) => all.length === 2);
  const { path } = await cem.fetcher.fetch(content);
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
  const [fromAna, fromBen] = [ana.reader.served, ben.reader.served];
  expect(fromAna.length + fromBen.length).toBe(64);
  expect(Math.min(fromAna.length, fromBen.length)).toBeGreaterThan(16);
});

test("FI9: two fetches of one content share the work", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  await joinDevices(ana, ben, [garden]);
  for (const content of [
    testContent(testBytes(2 * MIB)),
    testContent(testBytes(KIB)),
  ]) {
    share(garden, content, [ana], [ben]);
    const before = ana.reader.served.length;
    const [one, other] = await Promise.all([
      ben.fetcher.fetch(content),
      ben.fetcher.fetch(content, { priority: "now" }),
    ]);
    expect(one).toEqual(other);
    expect(ana.reader.served.length - before).toBe(
      content.list.byteLength / 32,
    );
  }
});

test("FI9: a fetch that one of two callers stops goes on for the other", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  await joinDevices(ana, ben, [garden]);
  const content = testContent(testBytes(2 * MIB));
  share(garden, content, [ana], [ben]);
  const stop = new AbortController();
  const stopped = ben.fetcher.fetch(content, { signal: stop.signal });
  const kept = ben.fetcher.fetch(content);
  stop.abort(new Error("enough"));
  await expect(stopped).rejects.toThrow("enough");
  const { path } = await kept;
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
});

test("FI1: a record whose chunk size does not follow from its size is refused", async () => {
  const ben = await devices.make();
  const content = testContent(testBytes(MIB));
  const error: unknown = await ben.fetcher
    .fetch({ ...content, chunkSize: 512 * KIB })
    .catch((thrown: unknown) => thrown);
  expect(isCoreError(error, "invalid-input")).toBe(true);
});

test("a folder that cannot be written ends the fetch with that error", async () => {
  const [ana, ben] = [await devices.make(), await devices.make()];
  await joinDevices(ana, ben, [garden]);
  const content = testContent(testBytes(MIB));
  share(garden, content, [ana], [ben]);
  const { path } = await ben.fetcher.fetch(content);
  const { Fetcher } = await import("./fetch.ts");
  const { systemClock } = await import("#core/base/clock.ts");
  const { silentLogger } = await import("#core/base/logger.ts");
  const inFile = new Fetcher({
    exchange: ben.exchange,
    naming: ben.naming,
    folder: path,
    clock: systemClock,
    logger: silentLogger,
  });
  await expect(inFile.fetch(content)).rejects.toThrow(/EEXIST|ENOTDIR/);
  await inFile.close();
});
