import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import type { Network } from "#core/network/port.ts";
import { createSwarmNetwork } from "#core/network/swarm.ts";
import { emptyCast, post, textsOf } from "#core/testing/cast.ts";
import { feedOf, untilPost } from "#core/testing/people.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { openTestnet, type Testnet } from "#core/testing/testnet.ts";
import { until } from "#core/testing/until.ts";

const HOUR_MS = 60 * 60 * 1000;
const PATIENT = { timeoutMs: 40_000 };
let testnet: Testnet | null = null;

beforeAll(async () => {
  testnet = await openTestnet();
});
afterAll(() => testnet?.close());

/** Notes that were left, by anybody. */
const left: Buffer[] = [];

function openNetwork(): Network {
  const network = createSwarmNetwork({
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    bootstrap: testnet?.bootstrap ?? [],
    host: "127.0.0.1",
  });
  const { parking } = network;
  if (parking === undefined) throw new Error("no parking");
  return {
    ...network,
    parking: {
      ...parking,
      async put(place, note, isOver) {
        const isLeft = await parking.put(place, note, isOver);
        if (isLeft) left.push(note);
        return isLeft;
      },
    },
  };
}

function namesOf({ core }: TestPerson): readonly string[] {
  return core.states
    .contacts({})
    .peek()
    .map(({ name }) => name);
}

async function untilContact(one: TestPerson, name: string): Promise<void> {
  await until(
    one.core.states.contacts({}),
    (all) => all.some((contact) => contact.name === name),
    PATIENT,
  );
}

async function untilLeft(count: number): Promise<void> {
  await expect
    .poll(() => left.length, { timeout: 40_000 })
    .toBeGreaterThanOrEqual(count);
}

test("IN5: with the inviter away the first screen fills from whoever holds the feed, and both become contacts without ever being there together", async () => {
  const cast = await emptyCast();
  const ana = await cast.add("Ana", { openNetwork });
  const ben = await cast.add("Ben", { openNetwork });
  await cast.befriend("Ana", "Ben");
  await post(ana, "for everyone", { audience: "link" });
  await untilPost(ben, "for everyone");
  const { link } = await ana.core.handlers.createInvite({
    lifeMs: HOUR_MS,
    uses: 1,
    message: "",
  });
  await ana.close();

  const cleo = await cast.add("Cleo", { openNetwork });
  const openedAt = performance.now();
  await cleo.core.handlers.openLink({ link });
  await untilPost(cleo, "for everyone");
  expect(performance.now() - openedAt).toBeLessThan(10_000);
  expect(textsOf(feedOf(cleo).peek().items)).toEqual(["for everyone"]);
  left.length = 0;
  await untilLeft(1);
  expect(namesOf(cleo)).toEqual([]);
  await cleo.close();

  const later = await cast.restart("Ana");
  await untilContact(later, "Cleo");
  await untilLeft(2);
  await later.close();

  const back = await cast.restart("Cleo");
  await untilContact(back, "Ana");
  expect(back.core.states.invites({}).peek().opened[0]?.state).toEqual({
    stage: "done",
  });
}, 120_000);

test("IN4: of two who left requests at an invite for one, exactly one is welcomed and the other is told", async () => {
  const cast = await emptyCast();
  const ana = await cast.add("Ana", { openNetwork });
  const { link } = await ana.core.handlers.createInvite({
    lifeMs: HOUR_MS,
    uses: 1,
    message: "",
  });
  await ana.close();
  left.length = 0;
  for (const [index, name] of ["Ben", "Cleo"].entries()) {
    const one = await cast.add(name, { openNetwork });
    await one.core.handlers.openLink({ link });
    await untilLeft(index + 1);
    await one.close();
  }
  const later = await cast.restart("Ana");
  await untilLeft(4);
  expect(namesOf(later)).toHaveLength(1);
  await later.close();
  const outcomes: string[] = [];
  for (const name of ["Ben", "Cleo"]) {
    const one = await cast.restart(name);
    const { opened } = await until(
      one.core.states.invites({}),
      (all) =>
        all.opened.some(
          ({ state: { stage } }) => stage === "done" || stage === "refused",
        ),
      PATIENT,
    );
    outcomes.push(JSON.stringify(opened[0]?.state));
  }
  expect(outcomes.sort()).toEqual([
    '{"stage":"done"}',
    '{"stage":"refused","reason":"invite-used"}',
  ]);
}, 120_000);
