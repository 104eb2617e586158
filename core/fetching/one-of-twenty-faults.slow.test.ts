import { readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { delay, systemClock } from "#core/base/clock.ts";
import type { Clock } from "#core/base/clock.ts";
import { createSerial } from "#core/base/serial.ts";
import {
  createFilesDevices,
  joinDevices,
  share,
  testBytes,
  testContent,
  testSpace,
} from "#core/testing/files-device.ts";
import type { FilesDevice } from "#core/testing/files-device.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import type { TestSession } from "#core/testing/session-pair.ts";
import { until, untilTrue } from "#core/testing/until.ts";

const KIB = 1024;
const garden = testSpace("garden");
const SOURCES = 20;
const CHUNKS = 240;
const content = testContent(testBytes(CHUNKS * 256 * KIB));
/** What it takes a source to give one chunk: 100 KiB/s each. */
const CHUNK_MS = 2_560;

const devices = createFilesDevices();
afterEach(() => devices.close());

type Fault = (
  source: FilesDevice,
  line: TestSession,
  bytes: Buffer,
  clock: Clock,
) => Promise<Buffer | null>;

/** What one source of twenty may do. */
const FAULTS: Readonly<Record<string, Fault>> = {
  "sends wrong bytes": (_, __, bytes) => {
    const other = Buffer.from(bytes);
    other[0] = (other[0] ?? 0) ^ 1;
    return Promise.resolve(other);
  },
  "sends too much": (_, __, bytes) =>
    Promise.resolve(Buffer.concat([bytes, bytes])),
  "sends nothing, and keeps the line": () => new Promise(() => undefined),
  "answers a minute late": async (_, __, bytes, clock) => {
    await delay(clock, 60_000);
    return bytes;
  },
  "claims all and gives nothing": () => Promise.resolve(null),
  "vanishes after three chunks": (source, line, bytes) => {
    if (source.reader.served.length > 3) line.line.close();
    return Promise.resolve(bytes);
  },
};

/** Fetches from twenty sources, the first of which has a fault; milliseconds of simulated time. */
async function timeOf(fault: Fault | null): Promise<number> {
  const clock = createManualClock();
  const reader = await devices.make(clock);
  /** Chunks that good sources gave, each once. */
  const given = new Set<number>();
  let verified = 0;
  reader.exchange.onShown(() => {
    verified++;
  });
  for (let number = 0; number < SOURCES; number++) {
    const source = await devices.make(clock);
    share(garden, content, [source], [reader]);
    const [line] = await joinDevices(source, reader, [garden]);
    const serial = createSerial();
    const isFaulty = number === 0 && fault !== null;
    source.reader.before = (bytes, index) =>
      serial(async () => {
        await delay(clock, CHUNK_MS);
        if (isFaulty) return await fault(source, line, bytes, clock);
        given.add(index);
        return bytes;
      });
  }
  await until(reader.exchange.remotes, (all) => all.length === SOURCES);
  const start = clock.monotonic();
  let end: number | null = null;
  const fetched = reader.fetcher.fetch(content).then((it) => {
    end = clock.monotonic();
    return it;
  });
  for (let steps = 0; end === null && steps < 10_000; steps++) {
    clock.advance(80);
    // The clock stands while what was given is on its way: only it counts.
    await untilTrue(() => verified >= given.size, Boolean, {
      timeoutMs: 20_000,
    });
    // And for a moment, so that asks arrive too.
    await delay(systemClock, 2);
  }
  const { path } = await fetched;
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
  await devices.close();
  return (end ?? Infinity) - start;
}

/** A busy machine only ever adds to the time. */
async function bestOf(fault: Fault | null): Promise<number> {
  return Math.min(await timeOf(fault), await timeOf(fault));
}

test("HO1: one source of twenty that lies, stalls or vanishes costs its own share and no more: at most 10 %", async () => {
  const good = await bestOf(null);
  const slower: Record<string, number> = {};
  for (const [name, fault] of Object.entries(FAULTS))
    slower[name] = Math.round(((await bestOf(fault)) / good) * 100) - 100;
  expect(Object.entries(slower).filter(([, percent]) => percent > 10)).toEqual(
    [],
  );
}, 300_000);
