import NoiseSecretStream from "@hyperswarm/secret-stream";
import { beforeEach, expect, test } from "vitest";
import {
  createManualClock,
  type ManualClock,
} from "#core/testing/manual-clock.ts";
import { createCalls, type Calls, type Found } from "./calls.ts";
import { placeAt, type Place } from "./notices.ts";
import { createPipe } from "./pipe.ts";
import { rendezvousOf } from "./rendezvous.ts";

let clock: ManualClock;
let calls: Calls;
let called: { readonly found: Found; readonly stream: NoiseSecretStream }[];
let opened: NoiseSecretStream[];
let met: Set<string>;

beforeEach(() => {
  clock = createManualClock();
  called = [];
  opened = [];
  met = new Set();
  calls = createCalls({
    clock,
    random: { bytes: (size) => Buffer.alloc(size, 0xff) },
    call(found) {
      const [near] = createPipe();
      const stream = new NoiseSecretStream(true, near);
      called.push({ found, stream });
      return stream;
    },
    onStream: (stream) => opened.push(stream),
    lines: () => opened.filter(({ destroyed }) => !destroyed).length,
    isMet: (whose) => met.has(whose),
  });
});

function place(seed = 1): Place {
  return placeAt(rendezvousOf(Buffer.alloc(32, seed), Buffer.alloc(32)));
}

function peer(seed: number) {
  const { publicKey } = NoiseSecretStream.keyPair(Buffer.alloc(32, seed));
  return { publicKey, relayAddresses: [{ host: "10.0.0.1", port: 1 }] };
}

async function fail(index: number, code = "PEER_NOT_FOUND"): Promise<void> {
  const stream = called[index]?.stream;
  const gone = new Promise((resolve) => stream?.once("close", resolve));
  stream?.destroy(Object.assign(new Error(code), { code }));
  await gone;
}

async function open(index: number): Promise<NoiseSecretStream> {
  const one = called[index];
  if (one === undefined) throw new Error("not called");
  one.stream.emit("open");
  await Promise.resolve();
  return one.stream;
}

test("who is found is called, and after a failure four times more with growing pauses", async () => {
  calls.found(place(), [peer(1)]);
  expect(called).toHaveLength(1);
  for (const [index, ms] of [1_000, 5_000, 15_000, 60_000].entries()) {
    await fail(index);
    clock.advance(ms / 2);
    expect(called).toHaveLength(index + 1);
    clock.advance(ms / 2);
    expect(called).toHaveLength(index + 2);
  }
  await fail(4);
  clock.advance(3_600_000);
  expect(called).toHaveLength(5);
  calls.found(place(), [peer(1)]);
  expect(called).toHaveLength(6);
});

test("twenty-four are called at a time, the next when one is through", async () => {
  const all = Array.from({ length: 40 }, (_, seed) => peer(seed + 1));
  const at = place();
  for (const _ of ["by one node", "by another"]) calls.found(at, all);
  expect(called).toHaveLength(24);
  await fail(3);
  expect(called).toHaveLength(25);
});

test("H9: whoever one node alone names waits, but for four, and lets those pass whom two name", async () => {
  const at = place();
  const madeUp = Array.from({ length: 40 }, (_, seed) => peer(seed + 1));
  const there = Array.from({ length: 3 }, (_, seed) => peer(seed + 100));
  calls.found(at, madeUp);
  expect(called).toHaveLength(4);
  for (const _ of ["by one node", "by another"]) calls.found(at, there);
  expect(called).toHaveLength(7);
  const keys = called.slice(4).map(({ found }) => found.peer.publicKey);
  expect(keys).toEqual(there.map(({ publicKey }) => publicKey));
  await fail(4);
  expect(called).toHaveLength(7);
  await fail(0);
  expect(called).toHaveLength(8);
});

test("where no direct line comes about it is tried through a helper at once", async () => {
  calls.found(place(), [peer(1)]);
  await fail(0, "HOLEPUNCH_ABORTED");
  clock.advance(0);
  expect(called).toHaveLength(2);
  expect(called[1]?.found.needsHelper).toBe(true);
});

test("a line that broke is made again within a second; not while another to them stands", async () => {
  calls.found(place(), [peer(1)]);
  const first = await open(0);
  calls.belongs(peer(1).publicKey, "ben");
  first.destroy();
  await new Promise((resolve) => first.once("close", resolve));
  clock.advance(1_000);
  expect(called).toHaveLength(2);
  met.add("ben");
  await fail(1);
  clock.advance(60_000);
  expect(called).toHaveLength(2);
  calls.found(place(), [peer(1)]);
  expect(called).toHaveLength(2);
  met.delete("ben");
  calls.lost("ben");
  clock.advance(1_000);
  expect(called).toHaveLength(3);
});

test("of two who may find each other at once, the smaller key calls a second later", () => {
  const at = place();
  at.hasNotice = true;
  const own = at.rendezvous.keyPair.publicKey;
  const others = Array.from({ length: 20 }, (_, seed) => peer(seed + 1));
  for (const _ of ["by one node", "by another"]) calls.found(at, others);
  const smaller = others.filter((one) => own.compare(one.publicKey) > 0);
  expect(smaller.length).toBeGreaterThan(0);
  expect(smaller.length).toBeLessThan(20);
  expect(called).toHaveLength(smaller.length);
  clock.advance(1_000);
  expect(called).toHaveLength(20);
});

test("who floods a topic is heard of sixty-four times, and left with it", async () => {
  const at = place();
  const flood = Array.from({ length: 200 }, (_, seed) => peer(seed + 1));
  calls.found(at, flood);
  for (let index = 0; index < 64; index++) await fail(index);
  expect(called).toHaveLength(64);
  at.isLeft = true;
  calls.leave(at);
  clock.advance(3_600_000);
  expect(called).toHaveLength(64);
});

test("a record that names no way is not called; after stop nobody is", async () => {
  calls.found(place(), [{ ...peer(1), relayAddresses: [] }]);
  expect(called).toEqual([]);
  calls.found(place(), [peer(2)]);
  calls.stop();
  await fail(0);
  clock.advance(60_000);
  calls.found(place(), [peer(3)]);
  expect(called).toHaveLength(1);
  expect(clock.due).toEqual([]);
});
