import HyperDHT from "hyperdht";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { openTestnet, type Testnet } from "#core/testing/testnet.ts";
import { untilTrue } from "#core/testing/until.ts";
import { unpackAddresses } from "./dht-wire.ts";
import { createNotices, placeAt } from "./notices.ts";
import type { Address, Network } from "./port.ts";
import { rendezvousOf } from "./rendezvous.ts";
import { createSwarmNetwork } from "./swarm.ts";
import { openWaypoints } from "./waypoints.ts";

const PATIENT = { timeoutMs: 20_000 };

let testnet: Testnet;

beforeAll(async () => {
  testnet = await openTestnet(30);
});
afterAll(() => testnet.close());

function openNode(): HyperDHT {
  const { bootstrap } = testnet;
  const dht = new HyperDHT({ bootstrap, host: "127.0.0.1" });
  onTestFinished(() => dht.destroy({ force: true }));
  return dht;
}

/** A device that leaves notices to be called through these nodes. */
function openBoard(through: () => readonly Address[]) {
  const dht = openNode();
  const found: HyperDHT.Peer[] = [];
  const notices = createNotices({
    clock: systemClock,
    dht,
    waypoints: { ready: dht.fullyBootstrapped(), of: through },
    onFound: (_, others) => found.push(...others),
  });
  return { dht, notices, found };
}

/** What the library itself finds at a target. */
async function lookUp(dht: HyperDHT, target: Buffer) {
  const answers: (readonly HyperDHT.Peer[])[] = [];
  for await (const { peers } of dht.lookup(target)) answers.push(peers);
  return answers;
}

function place(secret: Buffer) {
  return placeAt(rendezvousOf(secret, systemRandom.bytes(32)));
}

test("ME10: a notice lies at the six nodes nearest to its topic, where the library finds it too, until it is withdrawn", async () => {
  const secret = systemRandom.bytes(32);
  const [one, other] = testnet.bootstrap;
  const at = place(secret);
  const { notices } = openBoard(() => [one ?? other].flatMap((it) => it ?? []));
  expect(await notices.post(at)).toBe(true);
  const { target, keyPair } = at.rendezvous;
  const looker = openNode();
  const found = await lookUp(looker, target);
  expect(found).toHaveLength(6);
  for (const [peer] of found)
    expect(peer?.publicKey).toEqual(keyPair.publicKey);
  const own = unpackAddresses(at.nodes);
  expect(own).toHaveLength(6);
  await notices.withdraw(at);
  expect(await lookUp(looker, target)).toEqual([]);
});

test("two at one topic find each other, and who looks at few nodes finds them too", async () => {
  const secret = systemRandom.bytes(32);
  const through = () => testnet.bootstrap.slice(0, 1);
  const [ana, ben] = [openBoard(through), openBoard(through)];
  const [atAna, atBen] = [place(secret), place(secret)];
  await ana.notices.post(atAna);
  expect(ana.found).toEqual([]);
  await ben.notices.post(atBen);
  const keys = (peers: readonly HyperDHT.Peer[]) =>
    new Set(peers.map(({ publicKey }) => publicKey.toString("hex")));
  const ofAna = atAna.rendezvous.keyPair.publicKey.toString("hex");
  const ofBen = atBen.rendezvous.keyPair.publicKey.toString("hex");
  expect(keys(ben.found)).toEqual(new Set([ofAna]));
  await ana.notices.glance(atAna);
  expect(keys(ana.found)).toEqual(new Set([ofBen]));
});

test("a notice that names other nodes than before takes the place of the old one", async () => {
  const ways = openWaypoints({
    dht: openNode(),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    onWay: () => undefined,
  });
  onTestFinished(() => {
    ways.stop();
  });
  await ways.ready;
  expect(ways.relays).toHaveLength(8);
  const [first, second] = ways.relays.map((way) => way.relayAddress);
  if (first === undefined || second === undefined) throw new Error("no nodes");
  let through = [first];
  const { notices } = openBoard(() => through);
  const at = place(systemRandom.bytes(32));
  await notices.post(at);
  through = [second];
  await notices.post(at);
  const found = await lookUp(openNode(), at.rendezvous.target);
  expect(found).toHaveLength(6);
  for (const peers of found) {
    expect(peers).toHaveLength(1);
    expect(peers[0]?.relayAddresses).toContainEqual(second);
    expect(peers[0]?.relayAddresses).not.toContainEqual(first);
  }
});

test("each key goes by two of eight waypoints, the same while they stand, and none hears of more than half", async () => {
  const ways = openWaypoints({
    dht: openNode(),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    onWay: () => undefined,
  });
  onTestFinished(() => {
    ways.stop();
  });
  await ways.ready;
  const heard = new Map<number, number>();
  for (let index = 0; index < 200; index++) {
    const key = systemRandom.bytes(32);
    const two = ways.of(key);
    expect(two).toHaveLength(2);
    expect(ways.of(key)).toEqual(two);
    for (const { port } of two) heard.set(port, (heard.get(port) ?? 0) + 1);
  }
  expect(heard.size).toBe(8);
  expect(Math.max(...heard.values())).toBeLessThan(100);
});

test("ME2: who sees a key in the DHT and calls it without knowing the topic's secret gets no answer", async () => {
  const secret = systemRandom.bytes(32);
  const lines: unknown[] = [];
  const devices: Network[] = [0, 1].map(() => {
    const network = createSwarmNetwork({
      clock: systemClock,
      random: systemRandom,
      logger: silentLogger,
      bootstrap: testnet.bootstrap,
      host: "127.0.0.1",
    });
    onTestFinished(() => network.close());
    network.onLine((line) => lines.push(line));
    return network;
  });
  const [known] = devices;
  known?.want({ topics: [secret], addresses: [] });
  const stranger = openNode();
  const { target } = rendezvousOf(secret, Buffer.alloc(32));
  const [[peer] = []] = await untilTrue(
    () => lookUp(stranger, target),
    ({ length }) => length > 0,
    PATIENT,
  );
  if (peer === undefined) throw new Error("no notice");
  const { publicKey, relayAddresses } = peer;
  const call = stranger.connect(publicKey, { relayAddresses });
  const outcome = await new Promise((resolve) => {
    call.once("open", () => {
      resolve("answered");
    });
    call.on("error", (error) => {
      resolve(Reflect.get(error, "code"));
    });
  });
  expect(outcome).not.toBe("answered");
  expect(lines).toEqual([]);
  // Who knows it is answered by the same device.
  for (const network of devices)
    network.want({ topics: [secret], addresses: [] });
  await untilTrue(() => lines.length >= 2, Boolean, PATIENT);
}, 40_000);
