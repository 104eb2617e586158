import { expect, test } from "vitest";
import { createState } from "#core/base/state.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { watchState } from "./watch.ts";

function watchNumber() {
  const timers = createManualClock();
  const state = createState(0);
  const sent: number[] = [];
  const errors: unknown[] = [];
  const end = watchState(
    state,
    timers,
    (value) => {
      if (value === 13) throw new Error("cannot be sent");
      sent.push(value);
    },
    (error) => errors.push(error),
  );
  return { timers, state, sent, errors, end };
}

test("the first value comes in the next task", () => {
  const { timers, sent } = watchNumber();
  expect(sent).toEqual([]);
  timers.advance(0);
  expect(sent).toEqual([0]);
});

test("changes of one task are one message", () => {
  const { timers, state, sent } = watchNumber();
  timers.advance(1000);
  state.set(1);
  state.set(2);
  timers.advance(0);
  expect(sent).toEqual([0, 2]);
});

test("a calm state's change is sent at once, a busy one's four times a second, and the last value arrives", () => {
  const { timers, state, sent } = watchNumber();
  timers.advance(1000);
  for (let i = 1; i <= 100; i++) {
    state.set(i);
    timers.advance(10);
  }
  expect(sent.length).toBeGreaterThanOrEqual(6);
  expect(sent.length).toBeLessThanOrEqual(7);
  expect(sent.slice(0, 2)).toEqual([0, 1]);
  timers.advance(250);
  expect(sent.at(-1)).toBe(100);
});

test("the end of what changes four times a second is told when it is reached", () => {
  const { timers, state, sent } = watchNumber();
  timers.advance(1000);
  for (let i = 1; i <= 8; i++) {
    state.set(i);
    timers.advance(250);
  }
  state.set(9);
  timers.advance(10);
  state.set(100);
  timers.advance(0);
  expect(sent).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100]);
});

test("a value that is the one sent already is not sent again", () => {
  const { timers, state, sent } = watchNumber();
  timers.advance(1000);
  state.set(1);
  state.set(0);
  timers.advance(1000);
  expect(sent).toEqual([0]);
});

test("nothing is sent and nothing is waited for after the end", () => {
  const { timers, state, sent, end } = watchNumber();
  timers.advance(0);
  state.set(1);
  end();
  timers.advance(1000);
  expect(sent).toEqual([0]);
  expect(timers.due).toEqual([]);
});

test("a value that cannot be sent ends the watch and is told", () => {
  const { timers, state, sent, errors } = watchNumber();
  timers.advance(1000);
  state.set(13);
  timers.advance(1000);
  state.set(14);
  timers.advance(1000);
  expect(sent).toEqual([0]);
  expect(errors).toHaveLength(1);
});
