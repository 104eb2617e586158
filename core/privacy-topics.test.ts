import { expect, onTestFinished, test } from "vitest";
import { createState } from "#core/base/state.ts";
import type { Network, Wanted } from "#core/network/port.ts";
import { inOrder } from "#core/spaces/charter.ts";
import { Meet } from "#core/spaces/meet.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { openSpaceDevice } from "#core/testing/space-device.ts";
import { testPerson } from "#core/testing/test-ids.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const CONTACTS = 50;
/** Noon: near midnight the topics of two days stand side by side. */
const NOON = Date.UTC(2031, 0, 1, 12);

/** What one person's device asks of its network at noon of three days. */
async function wantsOf(name: string, keys: readonly Buffer[]) {
  const clock = createManualClock(NOON);
  const device = await openSpaceDevice(name, { clock });
  const wants: Wanted[] = [];
  const network: Network = {
    addresses: createState([]),
    online: createState(true),
    onLine: () => undefined,
    want: (wanted) => wants.push(wanted),
    close: () => Promise.resolve(),
  };
  const meet = new Meet({
    ...device,
    network,
    random: seededRandom(name),
    barrier: device.stores.logs.barrier,
    inviteKeys: () => [],
    wantedAddresses: () => [],
    isActive: () => true,
    reach: () => "everywhere",
    helping: () => ({}),
    onHave: () => undefined,
  });
  onTestFinished(() => meet.close());
  for (const [index, readKey] of keys.entries())
    await device.spaces.hold({
      charter: {
        v: 1,
        kind: "conversation",
        founder: device.identity.person,
        nonce: index.toString(16).padStart(32, "0"),
        members: inOrder([
          device.identity.person,
          testPerson(`contact ${String(index)}`),
        ]),
      },
      readKey,
    });
  meet.start();
  const days: string[][] = [];
  for (let day = 0; day < 3; day++) {
    await new Promise((resolve) => setImmediate(resolve));
    const topics = wants.at(-1)?.topics ?? [];
    days.push(topics.map((topic) => topic.toString("hex")));
    clock.advance(DAY_MS);
  }
  const ids = device.spaces.all().map(({ id }) => id);
  return { days, ids };
}

test("M2, ME2: 2 people ask for 50 contacts on 3 days without one value twice, but what they share", async () => {
  const random = seededRandom("read keys");
  const key = () => random.bytes(32);
  const shared = key();
  const [ofAna, ofBen] = [0, 1].map(() => [
    shared,
    ...Array.from({ length: CONTACTS - 1 }, key),
  ]);
  if (ofAna === undefined || ofBen === undefined) throw new Error("no keys");
  const ana = await wantsOf("ana", ofAna);
  const ben = await wantsOf("ben", ofBen);
  for (const { days } of [ana, ben]) {
    expect(days.map(({ length }) => length)).toEqual([50, 50, 50]);
    expect(new Set(days.flat()).size).toBe(150);
  }
  const both = new Set([...ana.days, ...ben.days].flat());
  // One topic a day, on which the two meet each other.
  expect(both.size).toBe(300 - 3);
  for (const known of [...ofAna, ...ofBen])
    expect(both.has(known.toString("hex"))).toBe(false);
});
