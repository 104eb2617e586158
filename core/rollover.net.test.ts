import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import type { Line, Network } from "#core/network/port.ts";
import { createSwarmNetwork } from "#core/network/swarm.ts";
import { wantedTopics } from "#core/spaces/wanted-topics.ts";
import {
  createManualClock,
  type ManualClock,
} from "#core/testing/manual-clock.ts";
import { openTestnet, type Testnet } from "#core/testing/testnet.ts";
import { untilTrue } from "#core/testing/until.ts";

const PATIENT = { timeoutMs: 20_000 };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MIDNIGHT = Date.UTC(2031, 0, 2);

let testnet: Testnet;

beforeAll(async () => {
  testnet = await openTestnet();
});
afterAll(() => testnet.close());

interface Device {
  readonly clock: ManualClock;
  readonly network: Network;
  /** Lines that stand. */
  lines(): readonly Line[];
  /** Lets time pass, as the meet protocol sees it. */
  pass(ms: number): void;
}

/** A device that holds one space, with a clock that shows this. */
function openDevice(readKey: Buffer, now: number): Device {
  const clock = createManualClock(now);
  const network = createSwarmNetwork({
    clock,
    random: systemRandom,
    logger: silentLogger,
    bootstrap: testnet.bootstrap,
    host: "127.0.0.1",
  });
  onTestFinished(() => network.close());
  const lines: Line[] = [];
  network.onLine((line) => lines.push(line));
  function pass(ms: number): void {
    clock.advance(ms);
    const keys = [{ readKey, pace: "always" as const }];
    network.want({
      ...wantedTopics({ keys, now: clock.now() }),
      addresses: [],
    });
  }
  pass(0);
  return {
    clock,
    network,
    lines: () => lines.filter(({ stream }) => !stream.destroying),
    pass,
  };
}

async function untilMet(
  devices: readonly Device[],
  one: Device,
  count: number,
): Promise<void> {
  await untilTrue(
    () => {
      for (const { clock } of devices) clock.advance(25);
      return one.lines().length;
    },
    (lines) => lines === count,
    PATIENT,
  );
}

test("ME2: over midnight two with clocks two hours off, one early and one late, keep their line, and whoever starts meets both", async () => {
  const readKey = systemRandom.bytes(32);
  const begin = MIDNIGHT - 4 * HOUR_MS;
  const early = openDevice(readKey, begin - 2 * HOUR_MS);
  const late = openDevice(readKey, begin + 2 * HOUR_MS);
  const devices = [early, late];
  await untilMet(devices, early, 1);
  const [first] = early.lines();
  for (let at = begin; at < MIDNIGHT + 4 * HOUR_MS; at += 30 * MINUTE_MS) {
    const newcomer = openDevice(readKey, at);
    await untilMet([...devices, newcomer], newcomer, 2);
    await newcomer.network.close();
    // As often as the meet protocol looks at the day.
    for (let step = 0; step < 3; step++)
      for (const device of devices) device.pass(10 * MINUTE_MS);
  }
  expect(early.lines()).toEqual([first]);
  expect(late.lines()).toHaveLength(1);
}, 60_000);

test("ME2: a line that breaks at midnight is made again, whatever the clocks say", async () => {
  const readKey = systemRandom.bytes(32);
  const early = openDevice(readKey, MIDNIGHT - 3 * HOUR_MS);
  const late = openDevice(readKey, MIDNIGHT + HOUR_MS);
  const devices = [early, late];
  for (let hour = 0; hour < 6; hour++) {
    await untilMet(devices, early, 1);
    for (const line of early.lines()) line.close();
    for (const device of devices) device.pass(HOUR_MS);
    await untilMet(devices, late, 1);
  }
}, 60_000);
