import { afterEach, beforeEach, expect, test } from "vitest";
import { Self } from "#core/self/self.ts";
import { LocalSettings } from "#core/settings/local-settings.ts";
import { inviteOf, letKeep, untilKeeper } from "#core/testing/keepers.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { createPeople } from "#core/testing/people.ts";
import type { TestPeople, TestPerson } from "#core/testing/people.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { until } from "#core/testing/until.ts";
import { Pledges } from "./pledges.ts";

const MB = 1_000_000;

let people: TestPeople;

beforeEach(async () => {
  people = await createPeople();
});

afterEach(async () => {
  await people.close();
});

async function addAttic(bytes: number, share: number): Promise<TestPerson> {
  const attic = await people.add("Attic");
  await attic.core.handlers.keepForAll({ bytes, people: share });
  return attic;
}

/** Somebody who took the keeper's invite and was told what it holds for them. */
async function addOwner(name: string, attic: TestPerson): Promise<TestPerson> {
  const owner = await people.add(name);
  const link = await inviteOf(attic);
  await owner.core.handlers.openLink({ link });
  await untilKeeper(owner, ({ pledge }) => pledge !== null);
  return owner;
}

async function untilRoom(owner: TestPerson, bytes: number): Promise<void> {
  await untilKeeper(owner, ({ pledge }) => pledge?.bytes === bytes);
}

async function post(owner: TestPerson): Promise<void> {
  await owner.core.handlers.post({
    text: "Keep this",
    audience: "contacts",
    replyTo: null,
    attachments: [],
  });
}

test("KE7: two who ask for no certain amount get half each, and the posts of both are kept", async () => {
  const attic = await addAttic(200 * MB, 2);
  const ana = await addOwner("Ana", attic);
  const ben = await addOwner("Ben", attic);
  for (const owner of [ana, ben]) {
    await untilRoom(owner, 100 * MB);
    await post(owner);
    await untilKeeper(owner, ({ coverage }) => coverage.posts === 1);
  }
  expect([...attic.bugs, ...ana.bugs, ...ben.bugs]).toEqual([]);
}, 40_000);

test("KE7: who asks for more than a part gets it as far as there is room, and whoever comes to none left is told so", async () => {
  const attic = await addAttic(200 * MB, 2);
  const ana = await addOwner("Ana", attic);
  await letKeep(ana, "blind", [], { bytes: 900 * MB });
  await untilRoom(ana, 200 * MB);
  const ben = await addOwner("Ben", attic);
  await untilRoom(ben, 0);
  const { others } = await until(
    attic.core.states.keepers({}),
    (it) => it.others.length === 2,
  );
  expect(others).toMatchObject([
    { name: "Ana", bytes: 200 * MB },
    { name: "Ben", bytes: 0, used: 0 },
  ]);
  // What Ana gives back is Ben's without his asking again.
  await letKeep(ana, "stopped", []);
  await untilRoom(ben, 100 * MB);
  await post(ben);
  await untilKeeper(ben, ({ coverage }) => coverage.posts === 1);
  expect([...attic.bugs, ...ana.bugs, ...ben.bugs]).toEqual([]);
}, 40_000);

/** A machine's pledges as an earlier version left them. */
async function oldPledges() {
  const { spaces, identity, time, stores } = await openSpaceDevice("attic");
  const self = await Self.open(spaces, identity, time);
  const settings = new LocalSettings(stores.local);
  const [ana, ben] = [testPerson("ana"), testPerson("ben")];
  await self.append(
    { type: "pledge", person: ana, bytes: 200 * MB, until: null },
    { type: "pledge", person: ben, bytes: 0, until: null },
  );
  const { local } = stores;
  const clock = createManualClock();
  const pledges = new Pledges({ self, settings, clock, local });
  return { pledges, settings, ana, ben };
}

test("KE7: whom an earlier version had no room for gets a part once it is shared, and whom a hand took it from does not", async () => {
  const { pledges, settings, ana, ben } = await oldPledges();
  expect(pledges.isWaiting(ben)).toBe(false);
  settings.setKeepForAll(200 * MB, 1);
  expect(pledges.isWaiting(ben)).toBe(true);
  await pledges.share(200 * MB, 2, () => 0);
  expect([pledges.to(ana), pledges.to(ben)]).toEqual([
    { bytes: 100 * MB, until: null },
    { bytes: 100 * MB, until: null },
  ]);
  await pledges.set(ben, 0, null);
  await pledges.share(300 * MB, 2, () => 0);
  await pledges.onWish(ben, { bytes: null, until: null });
  expect(pledges.isWaiting(ben)).toBe(false);
  expect(pledges.to(ben)).toBeNull();
});

test("KE7: whom an earlier version had no room for gets what is left when they ask again", async () => {
  const { pledges, settings, ben } = await oldPledges();
  settings.setKeepForAll(300 * MB, 2);
  await pledges.onWish(ben, { bytes: null, until: null });
  expect(pledges.to(ben)).toEqual({ bytes: 100 * MB, until: null });
});

test("KE7: for more people than before the room is shared anew, and what is kept already stays", async () => {
  const attic = await addAttic(200 * MB, 1);
  const ana = await addOwner("Ana", attic);
  await untilRoom(ana, 200 * MB);
  await post(ana);
  const before = await untilKeeper(
    ana,
    ({ coverage, pledge }) => coverage.posts === 1 && (pledge?.used ?? 0) > 0,
  );
  const ben = await addOwner("Ben", attic);
  await untilRoom(ben, 0);
  await attic.core.handlers.keepForAll({ bytes: 200 * MB, people: 2 });
  await untilRoom(ana, 100 * MB);
  await untilRoom(ben, 100 * MB);
  // So small that what is kept is more than a part.
  await attic.core.handlers.keepForAll({ bytes: 2, people: 2 });
  const kept = await untilKeeper(
    ana,
    ({ pledge }) => (pledge?.bytes ?? MB) < MB,
  );
  expect(kept.pledge?.bytes).toBeGreaterThanOrEqual(before.pledge?.used ?? MB);
  expect([...attic.bugs, ...ana.bugs, ...ben.bugs]).toEqual([]);
}, 40_000);
