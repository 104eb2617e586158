import { beforeEach, expect, test } from "vitest";
import {
  createManualClock,
  type ManualClock,
} from "#core/testing/manual-clock.ts";
import { createDialler, type Attempt, type Dialler } from "./dialler.ts";
import type { Address } from "./port.ts";

interface Try {
  readonly port: number;
  readonly signal: AbortSignal;
  readonly answer: (attempt: Attempt) => void;
}

const FAILED: Attempt = { kind: "failed" };
const [one, two] = [1, 2].map((port) => ({ host: "10.0.0.1", port }));
let clock: ManualClock;
let tries: Try[];
let dialler: Dialler;

beforeEach(() => {
  clock = createManualClock();
  tries = [];
  dialler = createDialler({
    clock,
    // The middle of the range: three quarters of each pause.
    random: { bytes: (size) => Buffer.alloc(size, 0x80) },
    dial: ({ port }, signal) =>
      new Promise((answer) => {
        tries.push({ port, signal, answer });
      }),
  });
});

function want(...addresses: (Address | undefined)[]): void {
  dialler.want(addresses.flatMap((address) => address ?? []));
}

async function answerLast(attempt: Attempt): Promise<void> {
  tries.at(-1)?.answer(attempt);
  await settled();
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

test("a new address is dialled at once, and only it", async () => {
  want(one);
  expect(tries.map((one) => one.port)).toEqual([1]);
  want(one, two);
  expect(tries.map((one) => one.port)).toEqual([1, 2]);
  await settled();
  expect(clock.due).toEqual([]);
});

test("pauses between tries grow to half a minute and no further", async () => {
  want(one);
  const pauses: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    await answerLast(FAILED);
    const [due = -1] = clock.due;
    pauses.push(Math.round(due));
    clock.advance(due);
    await settled();
  }
  const expected = [375, 750, 1500, 3000, 6000, 12_000, 22_500, 22_500, 22_500];
  expect(pauses).toHaveLength(expected.length);
  for (const [round, ms] of expected.entries())
    expect(pauses[round]).toBeCloseTo(ms, -2);
  expect(tries.length).toBe(10);
});

test("while a line stands there is no other try; when it is gone there is", async () => {
  want(one);
  let end = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    end = resolve;
  });
  await answerLast({ kind: "line", closed });
  clock.advance(3_600_000);
  await settled();
  expect(tries.length).toBe(1);
  end();
  await settled();
  clock.advance(500);
  await settled();
  expect(tries.length).toBe(2);
});

test("after a line that lived the pauses start anew; after one that did not they go on", async () => {
  want(one);
  for (let round = 0; round < 4; round += 1) {
    await answerLast(FAILED);
    clock.advance(30_000);
    await settled();
  }
  await answerLast({ kind: "line", closed: Promise.resolve() });
  expect(clock.due[0]).toBeGreaterThan(5_000);
  clock.advance(30_000);
  await settled();
  const closed = new Promise<void>((resolve) => {
    clock.after(10_000, resolve);
  });
  await answerLast({ kind: "line", closed });
  clock.advance(10_000);
  await settled();
  expect(clock.due[0]).toBeLessThan(500);
});

test("when the network changes every address is tried at once", async () => {
  want(one);
  for (let round = 0; round < 6; round += 1) {
    await answerLast(FAILED);
    clock.advance(30_000);
    await settled();
  }
  await answerLast(FAILED);
  const before = tries.length;
  dialler.hurry();
  await settled();
  expect(tries.length).toBe(before + 1);
  await answerLast(FAILED);
  expect(clock.due[0]).toBeLessThan(500);
});

test("an address no longer wanted is let go, also in the middle of a try", async () => {
  want(one, two);
  tries[0]?.answer(FAILED);
  await settled();
  want();
  expect(tries[1]?.signal.aborted).toBe(true);
  tries[1]?.answer(FAILED);
  await settled();
  expect(clock.due).toEqual([]);
  clock.advance(60_000);
  await settled();
  expect(tries.length).toBe(2);
});

test("an address that leads to ourselves is not tried again", async () => {
  want(one);
  await answerLast({ kind: "self" });
  clock.advance(600_000);
  await settled();
  want(one);
  expect(tries.length).toBe(1);
});

test("LI: a list without end does not dial without end", () => {
  dialler.want(
    Array.from({ length: 1000 }, (_, port) => ({ host: "10.0.0.1", port })),
  );
  expect(tries.length).toBe(256);
});
