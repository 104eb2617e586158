import { createSocket } from "node:dgram";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { createState } from "#core/base/state.ts";
import { until } from "#core/testing/until.ts";
import { createNearby, type Nearby } from "./nearby.ts";

const HOSTS = createState<readonly string[]>(["127.0.0.1"]);

/** A UDP port that nothing else on this computer speaks multicast DNS on. */
function freePort(): Promise<number> {
  const socket = createSocket("udp4");
  return new Promise((resolve) => {
    socket.bind(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => {
        resolve(port);
      });
    });
  });
}

function open(multicastPort: number): Nearby {
  const nearby = createNearby({
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    hosts: HOSTS,
    multicastPort,
  });
  onTestFinished(() => nearby.close());
  return nearby;
}

test("ME6: two on one network hear each other's port, and the address they speak from", async () => {
  const port = await freePort();
  const [ana, ben] = [open(port), open(port)];
  ana.announce(4001);
  ben.announce(4002);
  expect(await until(ana.found, (all) => all.length > 0)).toEqual([
    { host: "127.0.0.1", port: 4002 },
  ]);
  expect(await until(ben.found, (all) => all.length > 0)).toEqual([
    { host: "127.0.0.1", port: 4001 },
  ]);
});

test("one that goes quiet says so, and is forgotten at once", async () => {
  const port = await freePort();
  const [ana, ben] = [open(port), open(port)];
  ana.announce(4001);
  ben.announce(4002);
  await until(ana.found, (all) => all.length > 0);
  ben.announce(null);
  expect(await until(ana.found, (all) => all.length === 0)).toEqual([]);
  expect(ben.found.peek()).toEqual([]);
});

test("ME6: nothing in what is announced is the same in the next run but the words of the format", async () => {
  const port = await freePort();
  const ear = createSocket({ type: "udp4", reuseAddr: true });
  onTestFinished(() => {
    ear.close();
  });
  await new Promise<void>((resolve) => {
    ear.bind(port, "0.0.0.0", resolve);
  });
  ear.addMembership("224.0.0.251", "127.0.0.1");
  const names = createState<ReadonlySet<string>>(new Set());
  const others = new Set<string>();
  ear.on("message", (bytes) => {
    const words = bytes.toString("latin1");
    for (const name of words.match(/[0-9a-f]{16}/g) ?? []) {
      names.update((all) => new Set([...all, name]));
      const rest = words.replaceAll(name, " ").match(/[a-z_]{3,}/g) ?? [];
      for (const word of rest) others.add(word);
    }
  });
  for (const run of [1, 2]) {
    const ana = open(port);
    ana.announce(0x0101 * run);
    await until(names, (all) => all.size === run);
    await ana.close();
  }
  expect(names.peek().size).toBe(2);
  expect([...others]).toEqual(["_commonplace", "_tcp", "local"]);
});

test("words that are none, foreign services and absurd ports are passed over", async () => {
  const port = await freePort();
  const ana = open(port);
  ana.announce(4001);
  const mouth = createSocket("udp4");
  onTestFinished(() => {
    mouth.close();
  });
  mouth.bind(0);
  await new Promise((resolve) => mouth.once("listening", resolve));
  mouth.setMulticastInterface("127.0.0.1");
  for (let size = 0; size < 600; size += 7)
    mouth.send(systemRandom.bytes(size), port, "224.0.0.251");
  const ben = open(port);
  ben.announce(4002);
  expect(await until(ana.found, (all) => all.length > 0)).toEqual([
    { host: "127.0.0.1", port: 4002 },
  ]);
});
