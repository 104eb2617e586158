import { readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { delay, systemClock, type Clock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { createSerial } from "#core/base/serial.ts";
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
import { until, untilTrue } from "#core/testing/until.ts";
import { Fetcher } from "./fetch.ts";
import { RateLimit } from "#core/exchange/rate.ts";

const MIB = 1024 * 1024;
const garden = testSpace("garden");
const cellar = testSpace("cellar");
const content = testContent(testBytes(24 * MIB));
const chunks = content.list.byteLength / 32;

const devices = createFilesDevices();
afterEach(() => devices.close());

async function makeMany(count: number): Promise<FilesDevice[]> {
  const made: FilesDevice[] = [];
  for (let index = 0; index < count; index++) made.push(await devices.make());
  return made;
}

test("FI2: those who fetch the same give to each other what they have verified", async () => {
  const sharer = await devices.make();
  const others = await makeMany(5);
  share(garden, content, [sharer], others);
  // A sharer whose line is the narrow place, as it is where many fetch of one.
  const serial = createSerial();
  sharer.reader.before = (bytes) =>
    serial(async () => {
      await delay(systemClock, 12);
      return bytes;
    });
  const all = [sharer, ...others];
  for (const [index, one] of all.entries())
    for (const other of all.slice(index + 1))
      await joinDevices(one, other, [garden]);
  const fetched = others.map((device) => device.fetcher.fetch(content));
  for (const { path } of await Promise.all(fetched))
    expect((await readFile(path)).equals(content.bytes)).toBe(true);
  // Without it, the sharer would give each chunk away five times.
  expect(sharer.reader.served.length / chunks).toBeLessThan(3.5);
});

/** Begins at the first chunk. */
function fromStart(device: FilesDevice, clock: Clock): Fetcher {
  const random = {
    ...systemRandom,
    bytes: (size: number) => Buffer.alloc(size),
  };
  return new Fetcher({ ...device, random, clock, logger: silentLogger });
}

test("FI2: what another one has by now is not waited for at a slow holder of all", async () => {
  const clock = createManualClock();
  const [ana, ben] = [await devices.make(), await devices.make()];
  const cem = await devices.make(clock);
  share(garden, content, [ana], [ben, cem]);
  // Ana gives Ben nearly everything, and then nothing to anybody.
  const limit = new RateLimit(createManualClock());
  ana.reader.turn = (pass, rank) => limit.enter(pass, rank);
  let given = 0;
  ana.reader.before = (bytes) => {
    if (++given === chunks / 2) limit.setShut("test", true);
    return Promise.resolve(bytes);
  };
  await joinDevices(ana, ben, [garden]);
  let atBen = 0;
  const [atBens, atCems] = [fromStart(ben, systemClock), fromStart(cem, clock)];
  const fetched = [
    atBens.fetch(content, {
      onProgress: ({ verifiedBytes }) => {
        atBen = verifiedBytes;
      },
    }),
  ];
  await untilTrue(() => atBen === given * content.chunkSize && given > 8);
  await joinDevices(ana, cem, [garden]);
  let atCem = 0;
  fetched.push(
    atCems.fetch(content, {
      onProgress: ({ verifiedBytes }) => {
        atCem = verifiedBytes;
      },
    }),
  );
  // What he asks of Ana waits with her.
  await delay(systemClock, 100);
  await joinDevices(ben, cem, [garden]);
  // No time passes in which what is late would be asked for twice.
  for (let step = 0; step < 25 && atCem < atBen; step++) {
    clock.advance(100);
    await delay(systemClock, 20);
  }
  expect([atCem, given]).toEqual([atBen, atBen / content.chunkSize]);
  limit.close();
  for (const { path } of await Promise.all(fetched))
    expect((await readFile(path)).equals(content.bytes)).toBe(true);
  await Promise.all([atBens.close(), atCems.close()]);
});

test("FI2: a half is given on by one who waits for the rest, and the rest comes when it can", async () => {
  const [ana, ben, cem] = [
    await devices.make(),
    await devices.make(),
    await devices.make(),
  ];
  share(garden, content, [ana], [ben, cem]);
  const [near] = await joinDevices(ana, ben, [garden]);
  ana.reader.before = (bytes) => {
    if (ana.reader.served.length >= chunks / 2) near.line.close();
    return Promise.resolve(bytes);
  };
  let atBen = 0;
  let atCem = 0;
  let isBenWaiting = false;
  const fetched = [
    ben.fetcher.fetch(content, {
      onProgress: ({ verifiedBytes, isWaiting }) => {
        atBen = verifiedBytes;
        isBenWaiting = isWaiting;
      },
    }),
    cem.fetcher.fetch(content, {
      onProgress: ({ verifiedBytes }) => {
        atCem = verifiedBytes;
      },
    }),
  ];
  await near.closed;
  await until(ben.exchange.remotes, (all) => all.length === 0);
  await joinDevices(ben, cem, [garden]);
  await untilTrue(() => atCem > 0 && atCem === atBen);
  expect(atBen).toBeLessThan(content.size);
  await untilTrue(() => isBenWaiting);
  await joinDevices(ana, cem, [garden]);
  const [, fromAna] = fetched;
  await fromAna;
  // Put in its place, it is held and served from there.
  cem.reader.add(content);
  cem.exchange.tell([garden]);
  for (const { path } of await Promise.all(fetched))
    expect((await readFile(path)).equals(content.bytes)).toBe(true);
});

test("FI5: what is being fetched is neither told of nor given where no common space names it", async () => {
  const [ana, ben, cem] = [
    await devices.make(),
    await devices.make(),
    await devices.make(),
  ];
  share(garden, content, [ana], [ben, cem]);
  ana.reader.before = (bytes) =>
    ana.reader.served.length < 5
      ? Promise.resolve(bytes)
      : new Promise(() => undefined);
  await joinDevices(ana, ben, [garden]);
  await joinDevices(ben, cem, [cellar]);
  let atBen = 0;
  const fetched = ben.fetcher.fetch(content, {
    onProgress: ({ verifiedBytes }) => {
      atBen = verifiedBytes;
    },
  });
  fetched.catch(() => undefined);
  await untilTrue(() => atBen > 0);
  const [remote] = cem.exchange.remotes.peek();
  expect(await remote?.held([content.root])).toEqual(["none"]);
  expect(await remote?.map(content.root)).toBe(null);
});
