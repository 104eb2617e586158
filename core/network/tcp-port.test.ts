import { createServer } from "node:net";
import { expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { until } from "#core/testing/until.ts";
import type { InterfaceAddress } from "./interfaces.ts";
import type { Network } from "./port.ts";
import { createTcpNetwork, type TcpOptions } from "./tcp.ts";

const WANTED = { topics: [Buffer.alloc(32)], addresses: [] };
const QUIET = { topics: [], addresses: [] };

function create(options: Partial<TcpOptions>): Network {
  return createTcpNetwork({
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    preferredPort: 0,
    host: "127.0.0.1",
    ...options,
  });
}

async function portOf(network: Network): Promise<number | undefined> {
  const addresses = await until(network.addresses, (all) => all.length > 0);
  return addresses[0]?.port;
}

test("the preferred port is taken when it is free", async () => {
  const finder = create({});
  finder.want(WANTED);
  const free = await portOf(finder);
  await finder.close();
  const network = create({ preferredPort: free ?? 0 });
  network.want(WANTED);
  expect(await portOf(network)).toBe(free);
  await network.close();
});

test("another port is taken when the preferred one is not free", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const bound = other.address();
  const taken = typeof bound === "object" && bound !== null ? bound.port : 0;
  const network = create({ preferredPort: taken });
  network.want(WANTED);
  const port = await portOf(network);
  expect(port).toBeGreaterThan(0);
  expect(port).not.toBe(taken);
  await network.close();
  other.close();
});

test("after going quiet the port is the same, so that addresses others know stay true", async () => {
  const network = create({});
  network.want(WANTED);
  const port = await portOf(network);
  network.want(QUIET);
  await until(network.addresses, (all) => all.length === 0);
  network.want(WANTED);
  expect(await portOf(network)).toBe(port);
  await network.close();
});

test("addresses follow the interfaces of the computer", async () => {
  const clock = createManualClock();
  const loopback = { interface: "lo", host: "127.0.0.1", isLoopback: true };
  const wifi = { interface: "wlan0", host: "192.168.1.7", isLoopback: false };
  let found: InterfaceAddress[] = [loopback];
  const network = create({ clock, readInterfaces: () => found });
  network.want(WANTED);
  const hosts = (): string[] =>
    network.addresses.peek().map((address) => address.host);
  await portOf(network);
  expect([hosts(), network.online.peek()]).toEqual([["127.0.0.1"], false]);
  found = [loopback, wifi];
  clock.advance(5_000);
  expect([hosts(), network.online.peek()]).toEqual([
    ["192.168.1.7", "127.0.0.1"],
    true,
  ]);
  await network.close();
  expect(clock.due).toEqual([]);
});
