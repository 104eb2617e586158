import HyperDHT from "hyperdht";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { systemRandom } from "#core/base/random.ts";
import { openTestnet, type Testnet } from "#core/testing/testnet.ts";
import { createDhtParking } from "./dht-parking.ts";
import { PARKED_BYTES } from "./port.ts";

let testnet: Testnet | null = null;

beforeAll(async () => {
  testnet = await openTestnet();
});
afterAll(() => testnet?.close());

function openDht(): HyperDHT {
  const bootstrap = testnet?.bootstrap ?? [];
  const dht = new HyperDHT({ bootstrap, host: "127.0.0.1" });
  onTestFinished(() => dht.destroy());
  return dht;
}

function openParking() {
  const parking = createDhtParking();
  parking.use(openDht());
  return parking;
}

const note = () => systemRandom.bytes(800);

test("a note left by one is found by another; a second one only lies over it when that is meant", async () => {
  const [ana, ben] = [openParking(), openParking()];
  const place = systemRandom.bytes(32);
  expect(await ben.take(place)).toBeNull();
  const [first, second] = [note(), note()];
  expect(await ana.put(place, first, false)).toBe(true);
  expect(await ben.take(place)).toEqual(first);
  expect(await ben.put(place, second, false)).toBe(false);
  expect(await ana.put(place, first, false)).toBe(true);
  expect(await ben.put(place, second, true)).toBe(true);
  expect(await ana.take(place)).toEqual(second);
});

test("HO1: records that are too large, or count without end, are no notes and do no harm", async () => {
  const ana = openParking();
  const eve = openDht();
  const place = systemRandom.bytes(32);
  const keyPair = HyperDHT.keyPair(place);
  await eve.mutablePut(keyPair, Buffer.alloc(PARKED_BYTES + 100), { seq: 1 });
  expect(await ana.take(place)).toBeNull();
  await eve.mutablePut(keyPair, note(), { seq: 2 ** 50 });
  expect(await ana.put(place, note(), true)).toBe(false);
  await expect(
    ana.put(place, Buffer.alloc(PARKED_BYTES + 1), false),
  ).rejects.toThrow(RangeError);
});

test("without a DHT nothing is left and nothing found, and nothing throws", async () => {
  const parking = createDhtParking();
  expect(parking.ready.peek()).toBe(false);
  const place = systemRandom.bytes(32);
  expect(await parking.put(place, note(), false)).toBe(false);
  expect(await parking.take(place)).toBeNull();
});
