import { randomBytes } from "node:crypto";
import { readdirSync, readlinkSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { LINE_BUFFER_BYTES } from "#core/contract/limits.ts";
import { untilTrue } from "#core/testing/until.ts";
import type { Address, Line, Network } from "./port.ts";

/** One kind of network, as the suite needs it. */
export interface Adapter {
  readonly name: string;
  /** A network for one more device; the suite closes it. */
  readonly create: () => Network;
  /** Whether devices that want one topic find each other, or only by address. */
  readonly meetsByTopic: boolean;
  /** Whether devices find everybody on their network, without topic or address. */
  readonly meetsAll?: boolean;
  /** Whether a device can be dialled at its address. */
  readonly meetsByAddress: boolean;
  /** Topics wanted at once in the test of many. */
  readonly manyTopics: number;
  /** Whether the network itself holds back an end that writes faster than the other reads. */
  readonly holdsBack: boolean;
  readonly patienceMs: number;
}

interface Device {
  readonly network: Network;
  readonly lines: Line[];
}

const QUIET = { topics: [], addresses: [] };
const SILENCE_MS = 300;
const PIECE = Buffer.alloc(64 * 1024, 1);

/** What every network must do; each adapter runs it in a test file of its own. */
export function acceptNetwork(adapter: Adapter): void {
  const devices: Device[] = [];
  const patience = { timeoutMs: adapter.patienceMs };

  afterEach(async () => {
    await Promise.all(devices.map((one) => one.network.close()));
    devices.length = 0;
  });

  function device(): Device {
    const one: Device = { network: adapter.create(), lines: [] };
    one.network.onLine((line) => one.lines.push(line));
    devices.push(one);
    return one;
  }

  /** Makes two devices want each other, the way this network meets. */
  async function introduce(a: Device, b: Device): Promise<void> {
    const topics = [randomBytes(32)];
    a.network.want({ topics, addresses: [] });
    const isFound = adapter.meetsByTopic || adapter.meetsAll === true;
    const addresses = isFound ? [] : [await addressOf(a)];
    b.network.want({ topics, addresses });
  }

  /** Both ends of the line between two devices, once it stands. */
  function lineBetween(a: Device, b: Device): Promise<Pair | null> {
    return untilTrue(
      () => pairOf(a, b),
      (pair) => pair !== null,
      patience,
    );
  }

  async function meeting(): Promise<Pair & { a: Device; b: Device }> {
    const a = device();
    const b = device();
    await introduce(a, b);
    const pair = await lineBetween(a, b);
    if (pair === null) throw new Error("no line");
    return { ...pair, a, b };
  }

  describe(`${adapter.name} network`, () => {
    test("ME1: two that want each other get one line with two ends", async () => {
      const { near, far, a, b } = await meeting();
      expect(near.handshakeHash).toEqual(far.handshakeHash);
      expect(near.isInitiator).toBe(!far.isInitiator);
      expect(near.stream.remotePublicKey).toEqual(far.stream.publicKey);
      await quiet(SILENCE_MS);
      expect([live(a).length, live(b).length]).toEqual([1, 1]);
    });

    test("each line has a hash of its own", async () => {
      const first = await meeting();
      const second = await meeting();
      expect(first.near.handshakeHash).not.toEqual(second.near.handshakeHash);
    });

    test("bytes arrive whole and in order, both ways at once", async () => {
      const { near, far } = await meeting();
      const there = randomBytes(3_000_000);
      const back = randomBytes(2_000_000);
      const [heardFar, heardNear] = await Promise.all([
        read(far, there.length),
        read(near, back.length),
        send(near, there),
        send(far, back),
      ]);
      expect(heardFar.equals(there)).toBe(true);
      expect(heardNear.equals(back)).toBe(true);
    });

    test.runIf(adapter.holdsBack)(
      "an end that does not read holds the writing end back",
      async () => {
        const { near, far } = await meeting();
        far.stream.pause();
        let sent = 0;
        let isFull = false;
        while (!isFull && sent < LINE_BUFFER_BYTES) {
          isFull = !near.stream.write(PIECE) && !(await drains(near));
          sent += PIECE.length;
        }
        expect(isFull).toBe(true);
        const heard = await read(far, sent);
        expect(heard.length).toBe(sent);
      },
    );

    test.runIf(!adapter.holdsBack)(
      "LI: an end that does not read loses the line before its memory is full",
      async () => {
        const { near, far } = await meeting();
        far.stream.pause();
        let sent = 0;
        while (!near.stream.destroying && sent < 4 * LINE_BUFFER_BYTES) {
          if (!near.stream.write(PIECE)) await drains(near);
          sent += PIECE.length;
        }
        await far.closed;
        expect(sent).toBeLessThan(4 * LINE_BUFFER_BYTES);
      },
    );

    test("closing one end closes the other", async () => {
      const { near, far, b } = await meeting();
      b.network.want(QUIET);
      far.close();
      await Promise.all([near.closed, far.closed]);
      expect(near.stream.destroying).toBe(true);
    });

    test("a line that broke is made anew", async () => {
      const { near, far, a, b } = await meeting();
      near.stream.rawStream.destroy();
      await Promise.all([near.closed, far.closed]);
      const again = await lineBetween(a, b);
      expect(again?.near.handshakeHash).not.toEqual(near.handshakeHash);
    });

    test("ME8: nothing is open before something is wanted, nor once nothing is", async () => {
      const before = openSockets();
      const a = device();
      const b = device();
      a.network.want(QUIET);
      for (let turn = 0; turn < 50; turn += 1) {
        expect(openSockets()).toBe(before);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await quiet(SILENCE_MS);
      expect(openSockets()).toBe(before);
      await introduce(a, b);
      const pair = await lineBetween(a, b);
      a.network.want(QUIET);
      b.network.want(QUIET);
      await Promise.all([pair?.near.closed, pair?.far.closed]);
      await untilTrue(openSockets, (count) => count === before, patience);
      expect(a.network.addresses.peek()).toEqual([]);
      expect([live(a), live(b)]).toEqual([[], []]);
    });

    test("it can go quiet and want again, over and over", async () => {
      const a = device();
      const b = device();
      for (let round = 0; round < 3; round += 1) {
        a.network.want(QUIET);
        b.network.want(QUIET);
        await introduce(a, b);
        expect(await lineBetween(a, b)).not.toBeNull();
      }
    });

    test("close leaves no line, no address and no socket", async () => {
      const before = openSockets();
      const { near, far, a, b } = await meeting();
      await Promise.all([a.network.close(), b.network.close()]);
      await Promise.all([near.closed, far.closed]);
      expect(a.network.addresses.peek()).toEqual([]);
      await untilTrue(openSockets, (count) => count === before, patience);
      a.network.want({ topics: [randomBytes(32)], addresses: [] });
      await quiet(SILENCE_MS);
      expect(openSockets()).toBe(before);
      await a.network.close();
    });

    test("it is online on a computer with a network", () => {
      expect(device().network.online.peek()).toBe(true);
    });

    test.runIf(adapter.meetsByTopic)(
      "those who want different topics never meet",
      async () => {
        const [a, b, c] = [device(), device(), device()];
        const topic = randomBytes(32);
        a.network.want({ topics: [topic], addresses: [] });
        c.network.want({ topics: [randomBytes(32)], addresses: [] });
        b.network.want({ topics: [topic], addresses: [] });
        await lineBetween(a, b);
        await quiet(SILENCE_MS);
        expect(c.lines).toEqual([]);
      },
    );

    test.runIf(adapter.meetsByTopic)(
      "among many topics one in common is enough, and one line for all",
      async () => {
        const a = device();
        const b = device();
        const common = [randomBytes(32), randomBytes(32)];
        const many = (): Buffer[] =>
          Array.from({ length: adapter.manyTopics }, () => randomBytes(32));
        a.network.want({ topics: [...many(), ...common], addresses: [] });
        b.network.want({ topics: [...common, ...many()], addresses: [] });
        await lineBetween(a, b);
        await quiet(SILENCE_MS);
        expect([live(a).length, live(b).length]).toEqual([1, 1]);
      },
    );

    test.runIf(adapter.meetsByTopic)(
      "a topic added later is met on, one left is not",
      async () => {
        const [a, b, c] = [device(), device(), device()];
        const [left, added] = [randomBytes(32), randomBytes(32)];
        a.network.want({ topics: [left], addresses: [] });
        a.network.want({ topics: [added], addresses: [] });
        c.network.want({ topics: [left], addresses: [] });
        b.network.want({ topics: [added], addresses: [] });
        await lineBetween(a, b);
        await quiet(SILENCE_MS);
        expect(c.lines).toEqual([]);
      },
    );

    test.runIf(adapter.meetsByAddress)(
      "the dialling end knows the address it reached; one to nobody harms nothing",
      async () => {
        const [a, b] = [device(), device()];
        a.network.want({ topics: [randomBytes(32)], addresses: [] });
        const address = await addressOf(a);
        const nobody = { host: "127.0.0.1", port: 9 };
        b.network.want({ topics: [], addresses: [nobody, address] });
        const pair = await lineBetween(b, a);
        expect(pair?.near.remote).toEqual(address);
        expect(pair?.near.isInitiator).toBe(true);
        expect(pair?.far.remote).toBeNull();
      },
    );

    test.runIf(adapter.meetsByAddress)(
      "when both dial each other one line stays",
      async () => {
        const [a, b] = [device(), device()];
        const topics = [randomBytes(32)];
        a.network.want({ topics, addresses: [] });
        b.network.want({ topics, addresses: [] });
        const [atA, atB] = [await addressOf(a), await addressOf(b)];
        a.network.want({ topics, addresses: [atB] });
        b.network.want({ topics, addresses: [atA] });
        await lineBetween(a, b);
        await quiet(4 * SILENCE_MS);
        expect([live(a).length, live(b).length]).toEqual([1, 1]);
        expect(pairOf(a, b)).not.toBeNull();
      },
    );
  });

  async function addressOf(one: Device): Promise<Address> {
    const [first] = await untilTrue(
      () => one.network.addresses.peek(),
      (all) => all.length > 0,
    );
    if (first === undefined) throw new Error("no address");
    return first;
  }
}

interface Pair {
  readonly near: Line;
  readonly far: Line;
}

function live(one: Device): readonly Line[] {
  return one.lines.filter((line) => !line.stream.destroying);
}

function pairOf(a: Device, b: Device): Pair | null {
  for (const near of live(a)) {
    const far = live(b).find((line) =>
      line.handshakeHash.equals(near.handshakeHash),
    );
    if (far !== undefined) return { near, far };
  }
  return null;
}

async function send(line: Line, bytes: Buffer): Promise<void> {
  for (let start = 0; start < bytes.length; start += 60_000) {
    const piece = bytes.subarray(start, start + 60_000);
    if (!line.stream.write(piece))
      await new Promise((resolve) => line.stream.once("drain", resolve));
  }
}

function read(line: Line, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let count = 0;
    line.stream.on("data", (piece: Buffer) => {
      pieces.push(piece);
      count += piece.length;
      if (count >= length) resolve(Buffer.concat(pieces));
    });
    line.stream.once("close", () => {
      reject(new Error(`closed after ${String(count)} bytes`));
    });
  });
}

/** Whether a full stream takes more within a moment. */
async function drains(line: Line): Promise<boolean> {
  let isDrained = false;
  line.stream.once("drain", () => {
    isDrained = true;
  });
  for (
    let turn = 0;
    turn < 100 && !isDrained && !line.stream.destroying;
    turn++
  )
    await quiet(2);
  return isDrained;
}

/** For showing that nothing happens; never for waiting until something does. */
function quiet(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Sockets of any kind that this process holds open; only Linux can tell for UDP. */
function openSockets(): number {
  if (process.platform !== "linux")
    return process
      .getActiveResourcesInfo()
      .filter((name) => /^(TCP|UDP)/.test(name)).length;
  let count = 0;
  for (const file of readdirSync("/proc/self/fd")) {
    try {
      if (readlinkSync(`/proc/self/fd/${file}`).startsWith("socket:"))
        count += 1;
    } catch {
      // Closed while we were counting.
    }
  }
  return count;
}
