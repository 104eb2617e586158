import { open, readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import {
  createFilesDevices,
  joinDevices,
  share,
  testBytes,
  testContent,
  testSpace,
  type FilesDevice,
} from "#core/testing/files-device.ts";
import { untilTrue } from "#core/testing/until.ts";
import { Fetcher } from "./fetch.ts";
import { partPath } from "./fetch-part.ts";

const MIB = 1024 * 1024;
const garden = testSpace("garden");
const content = testContent(testBytes(64 * MIB));
const chunks = content.list.byteLength / 32;

const devices = createFilesDevices();
afterEach(() => devices.close());

async function pair(): Promise<readonly [FilesDevice, FilesDevice]> {
  const [ana, ben] = [await devices.make(), await devices.make()];
  share(garden, content, [ana], [ben]);
  return [ana, ben];
}

/** Runs `act` once, when so many chunks were served. */
function afterServed(device: FilesDevice, count: number, act: () => void) {
  let isDone = false;
  device.reader.before = (bytes) => {
    if (!isDone && device.reader.served.length >= count) {
      isDone = true;
      act();
    }
    return Promise.resolve(bytes);
  };
}

test("FI8: a line cut in the middle and a new one: at most a twentieth comes twice", async () => {
  const [ana, ben] = await pair();
  const [near] = await joinDevices(ana, ben, [garden]);
  afterServed(ana, chunks / 2, () => {
    near.line.close();
  });
  const fetched = ben.fetcher.fetch(content);
  await near.closed;
  await joinDevices(ana, ben, [garden]);
  const { path } = await fetched;
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
  expect(ana.reader.served.length).toBeGreaterThanOrEqual(chunks);
  expect(ana.reader.served.length).toBeLessThanOrEqual(chunks * 1.05);
});

test("FI8: a fetch stopped and begun anew fetches only what is missing", async () => {
  const [ana, ben] = await pair();
  await joinDevices(ana, ben, [garden]);
  const stop = new AbortController();
  let verified = 0;
  const stopped = ben.fetcher.fetch(content, {
    signal: stop.signal,
    onProgress({ verifiedBytes }) {
      verified = verifiedBytes;
      if (verifiedBytes > 32 * MIB) stop.abort(new Error("paused"));
    },
  });
  await expect(stopped).rejects.toThrow("paused");
  await ben.fetcher.close();
  const before = ana.reader.served.length;
  const next = new Fetcher({
    ...ben,
    clock: systemClock,
    logger: silentLogger,
  });
  const first: number[] = [];
  const { path } = await next.fetch(content, {
    onProgress: ({ verifiedBytes }) => first.push(verifiedBytes),
  });
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
  expect(first.filter((bytes) => bytes <= verified).length).toBeGreaterThan(64);
  expect(ana.reader.served.length - before).toBeLessThanOrEqual(chunks / 2);
  await next.close();
});

test("FI8: a chunk damaged on the disk meanwhile is fetched again, and only that", async () => {
  const [ana, ben] = await pair();
  await joinDevices(ana, ben, [garden]);
  const { path } = await ben.fetcher.fetch(content);
  const file = await open(path, "r+");
  await file.write(Buffer.from("damage"), 0, 6, 5 * content.chunkSize + 77);
  await file.close();
  const before = ana.reader.served.length;
  await ben.fetcher.fetch(content);
  expect(ana.reader.served.slice(before)).toEqual([
    { root: content.root, index: 5 },
  ]);
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
});

test("a stopped fetch asks for no more, and what came in stays", async () => {
  const [ana, ben] = await pair();
  await joinDevices(ana, ben, [garden]);
  const stop = new AbortController();
  afterServed(ana, 20, () => {
    stop.abort();
  });
  const error: unknown = await ben.fetcher
    .fetch(content, { signal: stop.signal })
    .catch((thrown: unknown) => thrown);
  expect(error).toBe(stop.signal.reason);
  // Another content, to see the line idle and alive.
  const next = testContent(testBytes(MIB, 9));
  share(garden, next, [ana], [ben]);
  await ben.fetcher.fetch(next);
  expect(ana.reader.served.length).toBeLessThan(chunks);
  const part = await readFile(partPath(ben.folder, content));
  expect(part.byteLength).toBe(content.size);
});

test("discard waits for a stopped fetch and leaves nothing", async () => {
  const [ana, ben] = await pair();
  await joinDevices(ana, ben, [garden]);
  const stop = new AbortController();
  const stopped = ben.fetcher.fetch(content, { signal: stop.signal });
  stopped.catch(() => undefined);
  await untilTrue(() => ana.reader.served.length > 3);
  stop.abort();
  await ben.fetcher.discard(content);
  await expect(readFile(partPath(ben.folder, content))).rejects.toThrow(
    "ENOENT",
  );
});

test("closing the fetcher ends every fetch as cancelled", async () => {
  const [, ben] = await pair();
  const errors = [
    ben.fetcher.fetch(content),
    ben.fetcher.fetchMany([testContent(testBytes(9))], () => Promise.resolve()),
  ].map((fetched) =>
    fetched.then(
      () => null,
      (thrown: unknown) => thrown,
    ),
  );
  await ben.fetcher.close();
  for (const error of await Promise.all(errors))
    expect(isCoreError(error, "cancelled")).toBe(true);
});
