import { expect, test } from "vitest";
import { createState } from "#core/base/state.ts";
import type { DeviceId } from "#core/contract/ids.ts";
import type { Transport } from "#core/network/port.ts";
import { createSessionPair } from "#core/testing/session-pair.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { testDevice } from "#core/testing/test-ids.ts";
import { preferBest, tendLine, type Tended } from "./presence.ts";

async function lineTo(name: string, transport: Transport): Promise<Tended> {
  const [near] = await createSessionPair([]);
  return {
    ...near,
    line: { ...near.line, transport },
    device: createState(testDevice(name)),
    answering: createState(true),
    isSpare: createState(false),
    skew: createState<number | null>(null),
  };
}

test("ME1: a line on the same network is taken before one over the internet, which stays as a spare", async () => {
  const far = await lineTo("ana", "internet");
  const near = await lineTo("ana", "tcp");
  const other = await lineTo("ben", "internet");
  const sessions = [far, near, other];
  preferBest(sessions);
  expect(sessions.map((one) => one.isSpare.peek())).toEqual([
    true,
    false,
    false,
  ]);
  near.answering.set(false);
  preferBest(sessions);
  expect([far.isSpare.peek(), near.isSpare.peek()]).toEqual([false, true]);
  near.answering.set(true);
  preferBest([far, other]);
  expect(far.isSpare.peek()).toBe(false);
});

test("lines to devices that are not known yet are never spare", async () => {
  const one = await lineTo("ana", "tcp");
  const two = {
    ...(await lineTo("ana", "tcp")),
    device: createState<DeviceId | null>(null),
  };
  preferBest([one, two]);
  expect([one.isSpare.peek(), two.isSpare.peek()]).toEqual([false, false]);
});

test.each([
  ["internet", true],
  ["helper", true],
  ["tcp", false],
] as const)(
  "ME1: a line of kind %s that says nothing for ten seconds is given up: %s",
  async (transport, isGivenUp) => {
    const clock = createManualClock();
    const one = await lineTo("ana", transport);
    const tended = tendLine(one, clock);
    for (let ms = 0; ms < 9_000; ms += 500) clock.advance(500);
    expect(one.answering.peek()).toBe(false);
    expect(one.line.stream.destroying).toBe(false);
    for (let ms = 0; ms < 3_000; ms += 500) clock.advance(500);
    expect(one.line.stream.destroying).toBe(isGivenUp);
    one.line.close();
    await tended;
    expect(clock.due).toEqual([]);
  },
);

test("ME1: a long message that is still coming is a sign of life", async () => {
  const clock = createManualClock();
  const one = await lineTo("ana", "internet");
  const tended = tendLine(one, clock);
  for (let ms = 0; ms < 60_000; ms += 500) {
    clock.advance(500);
    if (ms % 5_000 === 0) one.line.stream.rawStream.emit("data", Buffer.of());
  }
  expect(one.answering.peek()).toBe(true);
  one.line.close();
  await tended;
});
