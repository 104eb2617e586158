import { readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
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
import { createManualClock } from "#core/testing/manual-clock.ts";
import { untilTrue } from "#core/testing/until.ts";
import type { Fetched } from "./fetch-part.ts";
import { Fetcher } from "./fetch.ts";
import { Fetchers } from "./fetchers.ts";
import { ROOM_STEP_BYTES } from "#core/files/reading-room.ts";
import type { TakeRoom } from "#core/files/reading-room.ts";
import { Streams, STREAM_AHEAD_BYTES, STREAMS } from "./streams.ts";

const MIB = 1024 * 1024;
const CHUNK = 256 * 1024;
const garden = testSpace("garden");
const film = testContent(testBytes(64 * MIB));
const chunks = film.list.byteLength / 32;
const AHEAD = STREAM_AHEAD_BYTES / CHUNK;

const devices = createFilesDevices();
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await devices.close();
});

const noMore = new AbortController().signal;
const plenty: TakeRoom = () =>
  Promise.resolve({
    revoked: noMore,
    written: () => undefined,
    release: () => undefined,
  });

/** A device that plays, with one fetcher for what is read and as many for downloads as a test wants. */
function player(ben: FilesDevice, clock = systemClock, takeRoom = plenty) {
  const fetchers = new Fetchers();
  const wholes: Fetched[] = [];
  const make = (folder: string) => {
    const fetcher = new Fetcher({
      ...ben,
      folder,
      clock,
      logger: silentLogger,
      fetchers,
      onWhole: (_, fetched) => {
        wholes.push(fetched);
        return Promise.resolve();
      },
    });
    ends.push(() => fetcher.close());
    return fetcher;
  };
  const fetcher = make(`${ben.folder}/read`);
  const streams = new Streams({
    bytes: { chunk: () => Promise.resolve(null) },
    fetcher,
    fetchers,
    takeRoom,
    clock,
  });
  ends.push(() => streams.close());
  const never = new AbortController().signal;
  const read = (start: number, end = film.size, signal = never) =>
    streams.read(film, start, end, signal);
  return { fetchers, fetcher, streams, wholes, make, read };
}

async function pair() {
  const [ana, ben] = [await devices.make(), await devices.make()];
  share(garden, film, [ana], [ben]);
  return { ana, ben };
}

async function joined() {
  const both = await pair();
  const [near] = await joinDevices(both.ana, both.ben, [garden]);
  return { ...both, near };
}

async function all(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const got: Buffer[] = [];
  for await (const piece of pieces) got.push(piece);
  return Buffer.concat(got);
}

test("FI2: a range of what is not here comes without the rest, byte for byte", async () => {
  const { ana, ben } = await joined();
  const { read } = player(ben);
  const [start, end] = [40 * MIB + 17, 41 * MIB + 5];
  const bytes = await all(read(start, end));
  expect(bytes.equals(film.bytes.subarray(start, end))).toBe(true);
  const served = ana.reader.served.map(({ index }) => index);
  expect(new Set(served)).toEqual(new Set([160, 161, 162, 163, 164]));
});

test("a reader that takes nothing more has only a little fetched ahead", async () => {
  const { ana, ben } = await joined();
  const { read } = player(ben);
  const pieces = read(0);
  await pieces.next();
  await untilTrue(() => ana.reader.served.length > AHEAD);
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  expect(ana.reader.served.length).toBeLessThanOrEqual(AHEAD + 1);
  await pieces.return();
});

test("after a seek nothing more comes of what was read ahead for the old place", async () => {
  const { ana, ben, near } = await joined();
  const { read } = player(ben);
  const held: (() => void)[] = [];
  ana.reader.before = async (bytes, index) => {
    if (index < 200) await new Promise<void>((go) => held.push(go));
    return bytes;
  };
  const gone = new AbortController();
  const before = all(read(0, film.size, gone.signal));
  await untilTrue(() => held.length >= AHEAD / 2);
  gone.abort(new Error("seek"));
  await expect(before).rejects.toThrow("seek");
  const after = all(read(200 * CHUNK, 202 * CHUNK));
  for (const go of held) go();
  const bytes = film.bytes.subarray(200 * CHUNK, 202 * CHUNK);
  expect((await after).equals(bytes)).toBe(true);
  const served = ana.reader.served.map(({ index }) => index);
  expect(served.length).toBeLessThanOrEqual(AHEAD + 3);
  // What was given up and never came is no fault, and comes when it is asked for again.
  expect(near.faults).toEqual([]);
  for (const go of held) go();
  ana.reader.before = (it) => Promise.resolve(it);
  const again = await all(read(0, 6 * MIB));
  expect(again.equals(film.bytes.subarray(0, 6 * MIB))).toBe(true);
});

test("FI9: readers and a download share one fetch, whoever came first", async () => {
  const { ana, ben } = await joined();
  const { read, make } = player(ben);
  const reader = read(60 * MIB, 62 * MIB);
  await reader.next();
  const download = make(`${ben.folder}/download`).fetch(film);
  const [{ path }, rest, other] = await Promise.all([
    download,
    all(reader),
    all(read(30 * MIB, 31 * MIB)),
  ]);
  expect((await readFile(path)).equals(film.bytes)).toBe(true);
  expect(rest.equals(film.bytes.subarray(60 * MIB + CHUNK, 62 * MIB))).toBe(
    true,
  );
  expect(other.equals(film.bytes.subarray(30 * MIB, 31 * MIB))).toBe(true);
  // FI8: what was read before the download is not fetched again.
  expect(ana.reader.served.length).toBeLessThanOrEqual(chunks * 1.05);
});

test("a reader goes on when the download it read from is stopped", async () => {
  const { ana, ben } = await joined();
  const { read, make } = player(ben);
  const stop = new AbortController();
  const download = make(`${ben.folder}/download`);
  const stopped = download.fetch(film, { signal: stop.signal });
  const pieces = read(0, 8 * MIB);
  const first = await pieces.next();
  stop.abort(new Error("paused"));
  await expect(stopped).rejects.toThrow("paused");
  await download.close();
  const rest = await all(pieces);
  const bytes = Buffer.concat([first.value ?? Buffer.alloc(0), rest]);
  expect(bytes.equals(film.bytes.subarray(0, 8 * MIB))).toBe(true);
  expect(ana.reader.served.length).toBeLessThanOrEqual(chunks * 1.05);
});

test("FI8: what was read stays, and is not fetched again", async () => {
  const { ana, ben } = await joined();
  const one = player(ben);
  await all(one.read(8 * MIB, 10 * MIB));
  await one.fetcher.close();
  const before = ana.reader.served.length;
  const next = player(ben);
  const bytes = await all(next.read(8 * MIB, 10 * MIB));
  expect(bytes.equals(film.bytes.subarray(8 * MIB, 10 * MIB))).toBe(true);
  expect(ana.reader.served.length).toBe(before);
});

test("what was read from end to end is here in full, and is handed over once", async () => {
  const { ben } = await joined();
  const { read, wholes } = player(ben);
  const bytes = await all(read(0));
  expect(bytes.equals(film.bytes)).toBe(true);
  await untilTrue(() => wholes.length === 1);
  const [whole] = wholes;
  expect((await readFile(whole?.path ?? "")).equals(film.bytes)).toBe(true);
});

test("FI2: a chunk that is not what the list says goes to no reader", async () => {
  const { ana, ben } = await joined();
  const carl = await devices.make();
  share(garden, film, [carl], []);
  ana.reader.before = (bytes) => Promise.resolve(Buffer.alloc(bytes.length));
  const { read } = player(ben);
  const reading = all(read(0, 2 * MIB));
  await untilTrue(() => ana.reader.served.length > 0);
  await joinDevices(carl, ben, [garden]);
  expect((await reading).equals(film.bytes.subarray(0, 2 * MIB))).toBe(true);
});

test("when nobody in reach has it, the reader is told after a short time", async () => {
  const { ben } = await pair();
  const clock = createManualClock();
  const { read } = player(ben, clock);
  const failure = all(read(0)).catch((error: unknown) => error);
  await untilTrue(() => {
    clock.advance(1_000);
    return Promise.race([failure, Promise.resolve(null)]).then(
      (it) => it !== null,
    );
  });
  expect(isCoreError(await failure, "file-away")).toBe(true);
});

test("a source that vanishes midway is waited for, and another goes on", async () => {
  const { ana, ben, near } = await joined();
  const { read } = player(ben);
  const pieces = read(0, 16 * MIB);
  const first = await pieces.next();
  near.line.close();
  await near.closed;
  const rest = all(pieces);
  await joinDevices(ana, ben, [garden]);
  const bytes = Buffer.concat([first.value ?? Buffer.alloc(0), await rest]);
  expect(bytes.equals(film.bytes.subarray(0, 16 * MIB))).toBe(true);
});

test("a hundred readers at once are all served, some after others", async () => {
  const { ana, ben } = await joined();
  const { read } = player(ben);
  const many = Array.from({ length: 100 }, (_, index) =>
    all(read(index * CHUNK, (index + 1) * CHUNK)),
  );
  for (const [index, bytes] of (await Promise.all(many)).entries())
    expect(
      bytes.equals(film.bytes.subarray(index * CHUNK, (index + 1) * CHUNK)),
    ).toBe(true);
  expect(ana.reader.served.length).toBe(100);
  expect(STREAMS).toBeLessThan(100);
});

test("readers that take nothing are let go, so that others get their turn", async () => {
  const { ben } = await joined();
  const clock = createManualClock();
  const { read } = player(ben, clock);
  const idle = Array.from({ length: STREAMS }, (_, index) => read(index * MIB));
  for (const one of idle) await one.next();
  let got = 0;
  const late = all(read(0, 10)).then((bytes) => {
    got = bytes.length;
  });
  clock.advance(60_000);
  await late;
  expect(got).toBe(10);
  for (const one of idle) await expect(one.next()).rejects.toThrow();
});

test("closing the app ends readers, also those that take nothing", async () => {
  const { ben } = await joined();
  const { read, streams, fetcher } = player(ben);
  const idle = read(0);
  await idle.next();
  const waiting = all(read(32 * MIB)).catch((error: unknown) => error);
  await streams.close();
  await fetcher.close();
  expect(isCoreError(await waiting, "cancelled")).toBe(true);
  await expect(idle.next()).rejects.toThrow();
});

test("a reader that leaves ends at once, whatever it waits for", async () => {
  const { ana, ben } = await joined();
  ana.reader.before = () => new Promise(() => undefined);
  const { read } = player(ben);
  const gone = new AbortController();
  const reading = all(read(0, MIB, gone.signal));
  await untilTrue(() => ana.reader.served.length > 0);
  gone.abort(new Error("closed"));
  await expect(reading).rejects.toThrow("closed");
});

test("who reads takes room as it goes on, lets it go at the end, and needs none for what is here", async () => {
  const { ben } = await joined();
  const taken: number[] = [];
  let held = 0;
  const { read } = player(ben, systemClock, (bytes) => {
    taken.push(bytes);
    held++;
    return Promise.resolve({
      revoked: noMore,
      written: () => undefined,
      release: () => {
        held--;
      },
    });
  });
  const pieces = read(0, 2 * MIB);
  await pieces.next();
  expect(taken).toEqual([2 * MIB]);
  expect(held).toBe(1);
  await all(pieces);
  expect(held).toBe(0);
  await all(read(0, 2 * MIB));
  expect(taken.length).toBe(1);
  const beginning = read(2 * MIB);
  await beginning.next();
  await beginning.return();
  expect(taken.slice(1)).toEqual([Math.min(ROOM_STEP_BYTES + CHUNK, 62 * MIB)]);
  expect(held).toBe(0);
});

test("a reader without room is told, at its start and midway", async () => {
  const { ben } = await joined();
  const full = new CoreError("disk-full", {});
  const none = player(ben, systemClock, () => Promise.reject(full));
  const error = await all(none.read(0)).catch((it: unknown) => it);
  expect(isCoreError(error, "disk-full")).toBe(true);
  const revoked = new AbortController();
  const { read } = player(ben, systemClock, async (...wish) => ({
    ...(await plenty(...wish)),
    revoked: revoked.signal,
  }));
  const pieces = read(0);
  await pieces.next();
  revoked.abort();
  const midway = await all(pieces).catch((it: unknown) => it);
  expect(isCoreError(midway, "disk-full")).toBe(true);
});
