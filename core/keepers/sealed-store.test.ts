import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepIdOf } from "#core/spaces/keep-key.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import { sealedName } from "./seal.ts";
import { SealedStore } from "./sealed-store.ts";

const random = seededRandom("sealed store");
const keep = keepIdOf(random.bytes(32));
const hasRoom = () => true;

async function setUp() {
  const { folder, stores } = await openSpaceDevice("keeper");
  const store = new SealedStore(folder, stores.local);
  const [first, second] = [random.bytes(100), random.bytes(200)];
  await store.put(keep, "one", first, hasRoom);
  await store.put(keep, "two", second, hasRoom);
  const name = sealedName(first);
  await rm(join(folder, name.slice(0, 2), name));
  return { store, first, second };
}

test("KE5: looked over, what the disk lost is forgotten and the rest stays", async () => {
  const { store, second } = await setUp();
  expect(store.has(keep, "one")).toBe(true);
  await store.lookOver();
  expect(store.has(keep, "one")).toBe(false);
  expect(await store.read(keep, "two")).toEqual(second);
});

test("KE5: what the disk lost is written again when it comes for something else, before all is looked over", async () => {
  const { store, first } = await setUp();
  const looking = store.lookOver();
  await store.put(keep, "three", first, hasRoom);
  await looking;
  expect(await store.read(keep, "three")).toEqual(first);
});

test("a look over ends when the store is closed", async () => {
  const { store } = await setUp();
  const looking = store.lookOver();
  await store.close();
  await looking;
  const before = store.has(keep, "one");
  await store.lookOver();
  expect(store.has(keep, "one")).toBe(before);
});
