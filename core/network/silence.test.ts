import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { STALLED_FRAME_MS } from "#core/contract/limits.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { watchSilence } from "./silence.ts";

function watched() {
  const clock = createManualClock();
  const watch = watchSilence(clock);
  const socket = new PassThrough();
  socket.resume();
  watch.add(socket);
  return { clock, watch, socket };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test("LI: a socket from which nothing comes is closed", () => {
  const { clock, socket } = watched();
  clock.advance(STALLED_FRAME_MS - 5_000);
  expect(socket.destroyed).toBe(false);
  clock.advance(10_000);
  expect(socket.destroyed).toBe(true);
});

test("one that sends a byte now and then is not", async () => {
  const { clock, socket } = watched();
  for (let round = 0; round < 20; round += 1) {
    socket.write("x");
    await settled();
    clock.advance(20_000);
  }
  expect(socket.destroyed).toBe(false);
});

test("time in which we hold the other end back does not count", () => {
  const { clock, socket } = watched();
  socket.pause();
  clock.advance(10 * STALLED_FRAME_MS);
  expect(socket.destroyed).toBe(false);
  socket.resume();
  clock.advance(2 * STALLED_FRAME_MS);
  expect(socket.destroyed).toBe(true);
});

test("after stop nothing waits and nothing is closed", () => {
  const { clock, watch, socket } = watched();
  watch.stop();
  expect(clock.due).toEqual([]);
  clock.advance(10 * STALLED_FRAME_MS);
  expect(socket.destroyed).toBe(false);
});

test("after the computer was busy or asleep sockets get another chance", () => {
  let now = 0;
  let look = (): void => undefined;
  const watch = watchSilence({
    now: () => now,
    monotonic: () => now,
    after: () => () => undefined,
    every(_, task) {
      look = task;
      return () => undefined;
    },
  });
  const socket = new PassThrough();
  socket.resume();
  watch.add(socket);
  now += 8 * 3_600_000;
  look();
  expect(socket.destroyed).toBe(false);
  for (let round = 0; round < 6; round += 1) {
    now += 5_000;
    look();
  }
  expect(socket.destroyed).toBe(true);
});
