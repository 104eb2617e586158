import { expect, test } from "vitest";
import { delay, systemClock } from "#core/base/clock.ts";
import type { PersonId } from "#core/contract/ids.ts";
import { boxKeyOf, sealNote } from "#core/identity/sealed-note.ts";
import { createMemoryHub } from "#core/network/memory.ts";
import { emptyCast } from "#core/testing/cast.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import type { ManualClock } from "#core/testing/manual-clock.ts";
import { createMemoryParking } from "#core/testing/memory-parking.ts";
import type { MemoryParking } from "#core/testing/memory-parking.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { testIdentity } from "#core/testing/test-identity.ts";
import { until } from "#core/testing/until.ts";
import { toBytes } from "#core/spaces/hash.ts";
import { decodeLink, inviteKeys } from "./link.ts";
import { NOTE_BYTES, writeRequest } from "./parked-notes.ts";
import { dayToWrite, requestPlace, SLOTS } from "./parking-places.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const random = seededRandom("parking");

/** People who are never there together, and what lies where they leave notes. */
async function apart() {
  const cast = await emptyCast();
  const clock = createManualClock();
  const parking = createMemoryParking();
  async function add(name: string): Promise<TestPerson> {
    // Each on a network of their own: nobody ever meets anybody.
    const openNetwork = () => ({
      ...createMemoryHub().network(name),
      parking,
    });
    return await cast.add(name, { clock, openNetwork });
  }
  return { ...cast, clock, parking, add };
}

async function invite(one: TestPerson, uses = 1, lifeMs = 20 * DAY_MS) {
  const made = { lifeMs, uses, message: "" };
  const { link } = await one.core.handlers.createInvite(made);
  const read = decodeLink(link);
  if (read.kind !== "invite") throw new Error("no invite");
  return { link, person: read.person, ...inviteKeys(read.seed) };
}

type Made = Awaited<ReturnType<typeof invite>>;

function placeOf({ readKey }: Made, clock: ManualClock, slot: number): string {
  const day = dayToWrite(clock.now());
  return requestPlace(readKey, day, slot).toString("hex");
}

function names({ core }: TestPerson): readonly string[] {
  return core.states
    .contacts({})
    .peek()
    .map(({ name }) => name);
}

/** Later, after the network was away, a round comes; waits until nothing new was asked for a while. */
async function round(clock: ManualClock, parking: MemoryParking, ms = HOUR_MS) {
  clock.jump(ms);
  parking.ready.set(false);
  parking.ready.set(true);
  for (let quiet = 0, seen = -1; quiet < 10; quiet++) {
    await delay(systemClock, 20);
    if (parking.asked.length !== seen) quiet = 0;
    seen = parking.asked.length;
  }
}

async function open(one: TestPerson, { link }: Made, scene: Scene) {
  await one.core.handlers.openLink({ link });
  await round(scene.clock, scene.parking, 11_000);
}

type Scene = Awaited<ReturnType<typeof apart>>;

/** A request of somebody who has the link, made by hand. */
async function requestOf(name: string, made: Made, to: PersonId = made.person) {
  const key = boxKeyOf(to);
  if (key === null) throw new Error("no key");
  const subject = { invite: made.invite, inviter: made.person };
  const request = { name, reply: random.bytes(32) };
  const plain = writeRequest(await testIdentity(name), subject, request);
  return { plain, note: sealNote(key, plain, random.bytes(32)) };
}

test("IN5: forged, oversized, foreign and random notes at an invite are passed over; the true one among them is answered", async () => {
  const scene = await apart();
  const { clock, parking } = scene;
  const ana = await scene.add("Ana");
  const made = await invite(ana);
  const other = await invite(ana);
  const eve = await requestOf("Eve", other);
  const mallory = await requestOf("Mallory", made);
  // Somebody else's name over Mallory's signature.
  const forged = Buffer.from(mallory.plain);
  toBytes((await testIdentity("Ben")).person).copy(forged, 1);
  const anaKey = boxKeyOf(made.person) ?? Buffer.alloc(32);
  const toEve = (await testIdentity("Eve")).person;
  const lies = [
    random.bytes(NOTE_BYTES),
    Buffer.alloc(1_000_000, 7),
    Buffer.alloc(0),
    // Made for another invite, sealed to another person, signed by another.
    eve.note,
    (await requestOf("Fay", made, toEve)).note,
    sealNote(anaKey, forged, random.bytes(32)),
    sealNote(anaKey, random.bytes(752), random.bytes(32)),
  ];
  for (const [slot, lie] of lies.entries())
    parking.notes.set(placeOf(made, clock, slot), lie);
  const ben = await scene.add("Ben");
  await open(ben, made, scene);
  expect(parking.notes.has(placeOf(made, clock, SLOTS - 1))).toBe(true);
  await round(clock, parking);
  await until(ana.core.states.contacts({}), (all) => all.length === 1);
  expect(names(ana)).toEqual(["Ben"]);
  await round(clock, parking);
  await until(ben.core.states.contacts({}), (all) => all.length === 1);
});

test("IN5: at an invite flooded with notes nothing is written over, and the next day there is room again", async () => {
  const scene = await apart();
  const { clock, parking } = scene;
  const ana = await scene.add("Ana");
  const made = await invite(ana);
  for (let slot = 0; slot < SLOTS; slot++)
    parking.notes.set(placeOf(made, clock, slot), random.bytes(NOTE_BYTES));
  const before = new Map(parking.notes);
  const ben = await scene.add("Ben");
  await open(ben, made, scene);
  expect(parking.notes).toEqual(before);
  await round(clock, parking, DAY_MS);
  await round(clock, parking);
  expect(names(ana)).toEqual(["Ben"]);
});

test("IN4, IN5: a request that is found again and again counts once, and brings nobody back who was removed", async () => {
  const scene = await apart();
  const { clock, parking } = scene;
  const ana = await scene.add("Ana");
  const made = await invite(ana, 1);
  const ben = await scene.add("Ben");
  await open(ben, made, scene);
  const note = parking.notes.get(placeOf(made, clock, 0)) ?? Buffer.alloc(0);
  for (let slot = 1; slot < 5; slot++)
    parking.notes.set(placeOf(made, clock, slot), note);
  await round(clock, parking);
  const [contact] = ana.core.states.contacts({}).peek();
  if (contact === undefined) throw new Error("no contact");
  expect(ana.core.states.invites({}).peek().made[0]?.takenBy).toHaveLength(1);
  const { person } = contact;
  await ana.core.handlers.removeContact({ person, removed: true });
  await round(clock, parking);
  expect(names(ana)).toEqual([]);
});

test("IN5: at an invite for several whoever left a request waits for a word, and a no is not asked again", async () => {
  const scene = await apart();
  const { clock, parking } = scene;
  const ana = await scene.add("Ana");
  const made = await invite(ana, 5);
  const [ben, cleo] = [await scene.add("Ben"), await scene.add("Cleo")];
  await open(ben, made, scene);
  await open(cleo, made, scene);
  await round(clock, parking);
  const requests = () =>
    ana.core.states.invites({}).peek().made[0]?.requests ?? [];
  expect(
    requests()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["Ben", "Cleo"]);
  await round(clock, parking);
  const stage = ben.core.states.invites({}).peek().opened[0]?.state.stage;
  expect(stage).toBe("asked");
  for (const { person, name } of requests())
    await ana.core.handlers.answerRequest({
      invite: made.invite,
      person,
      accept: name === "Ben",
    });
  await round(clock, parking);
  await round(clock, parking);
  expect([names(ana), names(ben), names(cleo)]).toEqual([["Ben"], ["Ana"], []]);
  expect(requests()).toEqual([]);
});

test("IN5: with the invite its notes end: nothing is left or looked for any more", async () => {
  const scene = await apart();
  const { clock, parking } = scene;
  const ana = await scene.add("Ana");
  const made = await invite(ana, 1, 2 * HOUR_MS);
  await ana.close();
  const ben = await scene.add("Ben");
  await open(ben, made, scene);
  expect(parking.notes.size).toBe(1);
  await round(clock, parking, 3 * HOUR_MS);
  parking.asked.length = 0;
  await scene.restart("Ana");
  await round(clock, parking, 2 * HOUR_MS);
  expect(parking.asked).toEqual([]);
  expect(names(scene.of("Ana"))).toEqual([]);
});

test("IN5: a request for an invite that was closed is written over; with nobody, nothing is left at all", async () => {
  const scene = await apart();
  const { clock, parking } = scene;
  const ana = await scene.add("Ana");
  const made = await invite(ana);
  await ana.close();
  const ben = await scene.add("Ben");
  await open(ben, made, scene);
  await ben.core.handlers.closeInvite({ invite: made.invite });
  await round(clock, parking);
  expect(parking.notes.size).toBe(1);
  await scene.restart("Ana");
  await round(clock, parking);
  expect(names(scene.of("Ana"))).toEqual([]);
  const cleo = await scene.add("Cleo");
  parking.notes.clear();
  await cleo.core.handlers.updateSettings({ network: "this-network" });
  await open(cleo, made, scene);
  await round(clock, parking);
  expect(parking.notes.size).toBe(0);
});

test("M2, IN5: notes of one size name nobody, and no 32 bytes of one are in another, of another day or person", async () => {
  const scene = await apart();
  const { clock, parking } = scene;
  const ana = await scene.add("Ana");
  const made = await invite(ana, 5);
  await ana.close();
  const seen = new Map<string, Buffer>();
  const people = [await scene.add("Ben"), await scene.add("Cleo")];
  for (const one of people) await open(one, made, scene);
  for (let day = 0; day < 3; day++) {
    await round(clock, parking, DAY_MS);
    for (const [place, note] of parking.notes) seen.set(place, note);
  }
  expect(seen.size).toBeGreaterThanOrEqual(6);
  const values = new Set<string>(seen.keys());
  let count = values.size;
  for (const note of seen.values()) {
    expect(note.length).toBe(NOTE_BYTES);
    expect(note.toString("latin1")).not.toMatch(/Ben|Cleo/);
    for (let at = 0; at + 32 <= note.length; at++, count++)
      values.add(note.toString("hex", at, at + 32));
  }
  expect(values.size).toBe(count);
  const ids = people.map(({ core }) => core.states.me({}).peek()?.person ?? "");
  for (const id of [...ids, made.person])
    expect(values.has(toBytes(id).toString("hex"))).toBe(false);
});
