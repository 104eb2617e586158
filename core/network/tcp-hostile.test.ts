import { connect, type Socket } from "node:net";
import NoiseSecretStream from "@hyperswarm/secret-stream";
import { afterEach, expect, test } from "vitest";
import { systemClock, type Clock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { FIRST_MESSAGE_MS, STALLED_FRAME_MS } from "#core/contract/limits.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { untilTrue } from "#core/testing/until.ts";
import { createPipe } from "./pipe.ts";
import type { Address, Line, Network } from "./port.ts";
import { createTcpNetwork } from "./tcp.ts";

interface Device {
  readonly network: Network;
  readonly lines: Line[];
  readonly address: Address;
}

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function device(clock: Clock = systemClock): Promise<Device> {
  const network = createTcpNetwork({
    clock,
    random: systemRandom,
    logger: silentLogger,
    preferredPort: 0,
    host: "127.0.0.1",
  });
  closers.push(() => network.close());
  const lines: Line[] = [];
  network.onLine((line) => lines.push(line));
  network.want({ topics: [systemRandom.bytes(32)], addresses: [] });
  const [address] = await untilTrue(
    () => network.addresses.peek(),
    (all) => all.length > 0,
  );
  if (address === undefined) throw new Error("no address");
  return { network, lines, address };
}

async function stranger(to: Device): Promise<Socket> {
  const socket = connect(to.address);
  socket.on("error", () => undefined);
  socket.resume();
  closers.push(() => socket.destroy());
  await new Promise((resolve) => socket.once("connect", resolve));
  return socket;
}

function gone(socket: Socket): Promise<boolean> {
  return untilTrue(() => socket.destroyed);
}

async function canMeet(one: Device): Promise<boolean> {
  const friend = await device();
  const before = one.lines.length;
  friend.network.want({ topics: [], addresses: [one.address] });
  await untilTrue(() => friend.lines.length > 0 && one.lines.length > before);
  return true;
}

test("HO1: a stranger who sends garbage loses the socket and nobody is hurt", async () => {
  const victim = await device();
  const bytes = [
    systemRandom.bytes(100_000),
    Buffer.alloc(100_000),
    Buffer.alloc(100_000, 0xff),
    Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100)),
    Buffer.from([
      32,
      0,
      0,
      ...systemRandom.bytes(32),
      200,
      0,
      0,
      ...systemRandom.bytes(200),
    ]),
  ];
  for (const garbage of bytes) {
    const socket = await stranger(victim);
    socket.write(garbage);
    await gone(socket);
  }
  expect(victim.lines).toEqual([]);
  expect(await canMeet(victim)).toBe(true);
});

/** Shakes hands through a wire that changes one byte of what the dialling end sends. */
async function shakeWrongly(victim: Device, wrongAt: number): Promise<void> {
  const socket = await stranger(victim);
  const [near, far] = createPipe();
  const stream = new NoiseSecretStream(true, near);
  for (const end of [stream, far]) end.on("error", () => undefined);
  let sent = 0;
  far.on("data", (bytes: Buffer) => {
    const at = wrongAt - sent;
    if (at >= 0 && at < bytes.length)
      bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at);
    sent += bytes.length;
    if (!socket.destroyed) socket.write(bytes);
  });
  socket.on("data", (bytes: Buffer) => far.write(bytes));
  const closed = new Promise((resolve) => socket.once("close", resolve));
  await Promise.race([stream.opened, closed]);
  stream.write(Buffer.from("hello"));
  await new Promise((resolve) => setImmediate(resolve));
  stream.destroy();
  socket.destroy();
  await closed;
}

test("HO1: a handshake changed in any byte hurts nobody", async () => {
  const victim = await device();
  for (let start = 0; start < 200; start += 10)
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        shakeWrongly(victim, start + index),
      ),
    );
  // The last bytes come after the handshake, so some lines do come up.
  expect(victim.lines.length).toBeGreaterThan(0);
  expect(victim.lines.length).toBeLessThan(120);
  expect(await canMeet(victim)).toBe(true);
});

test("ME3: a socket that says nothing is dropped in time", async () => {
  const clock = createManualClock();
  const victim = await device(clock);
  const silent = await stranger(victim);
  const half = await stranger(victim);
  half.write(Buffer.from([32, 0]));
  await untilTrue(
    () => clock.due.filter((ms) => ms === FIRST_MESSAGE_MS).length === 2,
  );
  clock.advance(FIRST_MESSAGE_MS - 1);
  expect([silent.destroyed, half.destroyed]).toEqual([false, false]);
  clock.advance(1);
  await Promise.all([gone(silent), gone(half)]);
  expect(victim.lines).toEqual([]);
});

test("LI: a line on which the other end falls silent is closed", async () => {
  const clock = createManualClock();
  const victim = await device(clock);
  const socket = await stranger(victim);
  const stream = new NoiseSecretStream(true, socket);
  stream.on("error", () => undefined);
  await untilTrue(() => victim.lines.length === 1);
  // A frame begins and does not end.
  socket.write(Buffer.from([0, 0, 1, 5, 5, 5]));
  clock.advance(STALLED_FRAME_MS + 10_000);
  await victim.lines[0]?.closed;
  await gone(socket);
});

test("LI: a frame of 16 MB is refused at its first bytes", async () => {
  const victim = await device();
  const socket = await stranger(victim);
  const stream = new NoiseSecretStream(true, socket);
  stream.on("error", () => undefined);
  await untilTrue(() => victim.lines.length === 1);
  socket.write(Buffer.from([0xff, 0xff, 0xff, 5, 5, 5]));
  await victim.lines[0]?.closed;
  expect(await canMeet(victim)).toBe(true);
});

test("HO1: one machine cannot take all the places", async () => {
  const victim = await device(createManualClock());
  const sockets: Socket[] = [];
  for (let index = 0; index < 40; index += 1)
    sockets.push(await stranger(victim));
  await untilTrue(() => sockets.filter((one) => one.destroyed).length === 24);
  for (const socket of sockets) socket.destroy();
  await Promise.all(sockets.map(gone));
  expect(await canMeet(victim)).toBe(true);
});

test("HO1: a thousand sockets that come and go leave nothing behind", async () => {
  const victim = await device();
  for (let round = 0; round < 100; round += 1) {
    const sockets = await Promise.all(
      Array.from({ length: 10 }, () => stranger(victim)),
    );
    for (const socket of sockets) {
      socket.write(systemRandom.bytes(50));
      socket.destroy();
    }
  }
  expect(await canMeet(victim)).toBe(true);
});

test("a line to itself is no line", async () => {
  const one = await device();
  one.network.want({ topics: [], addresses: [one.address] });
  expect(await canMeet(one)).toBe(true);
  expect(one.lines.length).toBe(1);
});

test("ME6, ME7: names and addresses elsewhere are never dialled", async () => {
  const one = await device();
  one.network.want({
    topics: [],
    addresses: [
      { host: "localhost", port: one.address.port },
      { host: "203.0.113.9", port: 80 },
      { host: "8.8.8.8", port: 53 },
    ],
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(
    process
      .getActiveResourcesInfo()
      .filter((name) => /GetAddrInfo|TCPConnect|TCPSocketWrap/.test(name)),
  ).toEqual([]);
});
