import { expect, test } from "vitest";
import { delay } from "#core/base/clock.ts";
import { createManualClock } from "./manual-clock.ts";

test("tasks run when they fall due, in order, at their own time", () => {
  const clock = createManualClock(1_000);
  const log: string[] = [];
  const note = (name: string) => () => {
    log.push(`${name} at ${String(clock.now())}`);
  };
  clock.after(20, note("late"));
  clock.after(10, note("soon"));
  clock.after(10, note("soon too"));
  clock.after(5, () => {
    clock.after(5, note("nested"));
  });
  clock.advance(15);
  expect(log).toEqual(["soon at 1010", "soon too at 1010", "nested at 1010"]);
  expect(clock.due).toEqual([5]);
  clock.advance(5);
  expect(log.at(-1)).toBe("late at 1020");
});

test("a repeated task runs until it is called off, also by itself", () => {
  const clock = createManualClock();
  let runs = 0;
  const stop = clock.every(10, () => {
    runs += 1;
    if (runs === 3) stop();
  });
  clock.advance(1_000);
  expect(runs).toBe(3);
  expect(clock.due).toEqual([]);
});

test("a task called off does not run", () => {
  const clock = createManualClock();
  let runs = 0;
  const cancel = clock.after(10, () => {
    runs += 1;
  });
  cancel();
  clock.advance(10);
  expect(runs).toBe(0);
});

test("a jump of the wall clock moves no timer", () => {
  const clock = createManualClock(1_000);
  let runs = 0;
  clock.after(10, () => {
    runs += 1;
  });
  clock.jump(86_400_000);
  expect([clock.now(), clock.monotonic(), runs]).toEqual([86_401_000, 0, 0]);
  clock.advance(10);
  expect([clock.monotonic(), runs]).toEqual([10, 1]);
});

test("delays wait for it", async () => {
  const clock = createManualClock();
  let isOver = false;
  const waiting = delay(clock, 100).then(() => {
    isOver = true;
  });
  clock.advance(99);
  await Promise.resolve();
  expect(isOver).toBe(false);
  clock.advance(1);
  await waiting;
  expect(isOver).toBe(true);
});
