import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { openTestnet, type Testnet } from "#core/testing/testnet.ts";
import { untilTrue } from "#core/testing/until.ts";
import { acceptNetwork } from "./acceptance.ts";
import type { Address, Line, Network } from "./port.ts";
import { createSwarmNetwork } from "./swarm.ts";

let testnet: Testnet | null = null;

beforeAll(async () => {
  testnet = await openTestnet();
});

function create(bootstrap: readonly Address[]): Network {
  return createSwarmNetwork({
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    bootstrap,
    host: "127.0.0.1",
  });
}

function listened(network: Network): Line[] {
  const lines: Line[] = [];
  network.onLine((line) => lines.push(line));
  return lines;
}

afterAll(async () => {
  await testnet?.close();
});

acceptNetwork({
  name: "swarm",
  create: () => create(testnet?.bootstrap ?? []),
  meetsByTopic: true,
  meetsByAddress: false,
  manyTopics: 30,
  holdsBack: false,
  patienceMs: 20_000,
});

const PATIENCE = { timeoutMs: 20_000 };
const wanted = () => ({ topics: [systemRandom.bytes(32)], addresses: [] });

test("with no way into the DHT it waits, and closes without waiting long", async () => {
  const nobody = { host: "127.0.0.1", port: 9 };
  const network = create([nobody]);
  network.want(wanted());
  await new Promise((resolve) => setImmediate(resolve));
  const start = performance.now();
  await network.close();
  expect(performance.now() - start).toBeLessThan(3_500);
});

test("with an empty list of entries it enters no DHT, the public one neither", async () => {
  const network = create([]);
  const lines = listened(network);
  network.want(wanted());
  await network.close();
  expect(lines).toEqual([]);
});

test("LI: a frame of 16 MB ends the line, and the two meet again", async () => {
  const [a, b] = [0, 1].map(() => create(testnet?.bootstrap ?? []));
  if (a === undefined || b === undefined) throw new Error("no network");
  const [atA, atB] = [listened(a), listened(b)];
  const same = wanted();
  a.want(same);
  b.want(same);
  await untilTrue(
    () => atA.length === 1 && atB.length === 1,
    Boolean,
    PATIENCE,
  );
  // UDX itself holds a frame's first 64 KiB back until more comes.
  const start = Buffer.alloc(200_000, 0xff);
  atB[0]?.stream.rawStream.write(start);
  await Promise.all([atA[0]?.closed, atB[0]?.closed]);
  await untilTrue(
    () => atA.length === 2 && atB.length === 2,
    Boolean,
    PATIENCE,
  );
  await Promise.all([a.close(), b.close()]);
});

test("ME2: the key of the handshake is another with each run", async () => {
  const keys = new Set<string>();
  for (let run = 0; run < 2; run += 1) {
    const [a, b] = [0, 1].map(() => create(testnet?.bootstrap ?? []));
    if (a === undefined || b === undefined) throw new Error("no network");
    const lines = listened(a);
    const same = wanted();
    a.want(same);
    b.want(same);
    await untilTrue(() => lines.length === 1, Boolean, PATIENCE);
    keys.add(lines[0]?.stream.publicKey.toString("hex") ?? "");
    keys.add(lines[0]?.stream.remotePublicKey.toString("hex") ?? "");
    await Promise.all([a.close(), b.close()]);
  }
  expect(keys.size).toBe(4);
});
