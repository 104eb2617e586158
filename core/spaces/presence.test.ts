import { expect, test } from "vitest";
import { createState } from "#core/base/state.ts";
import type { DeviceId } from "#core/contract/ids.ts";
import type { Transport } from "#core/network/port.ts";
import { createSessionPair } from "#core/testing/session-pair.ts";
import { testDevice } from "#core/testing/test-ids.ts";
import { preferBest, type Tended } from "./presence.ts";

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
