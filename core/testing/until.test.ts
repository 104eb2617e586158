import { expect, test } from "vitest";
import { createState, createTrigger } from "#core/base/state.ts";
import { next, until, untilTrue } from "./until.ts";

const SOON = { timeoutMs: 20 };

test("it answers with the first value that passes", async () => {
  const state = createState(1);
  const waiting = until(state, (value) => value > 2);
  state.set(2);
  state.set(3);
  state.set(4);
  expect(await waiting).toBe(3);
});

test("a value that passes already is taken", async () => {
  expect(await until(createState("here"), (value) => value === "here")).toBe(
    "here",
  );
});

test("after the deadline it rejects and shows the last value", async () => {
  const state = createState({ posts: ["first"] });
  const waiting = until(state, ({ posts }) => posts.length > 2, SOON);
  state.set({ posts: ["first", "second"] });
  await expect(waiting).rejects.toThrow(
    "not within 20 ms; the last value was { posts: [ 'first', 'second' ] }",
  );
});

test("what the predicate throws ends the waiting", async () => {
  const state = createState(0);
  const waiting = until(state, (value) => {
    if (value > 0) throw new Error("unfit");
    return false;
  });
  state.set(1);
  await expect(waiting).rejects.toThrow("unfit");
});

test("nothing listens any more after it answered or gave up", async () => {
  let listening = 0;
  const state = {
    peek: () => 1,
    subscribe() {
      listening += 1;
      return () => {
        listening -= 1;
      };
    },
  };
  await until(state, (value) => value === 1);
  await expect(until(state, () => false, SOON)).rejects.toThrow();
  expect(listening).toBe(0);
});

test("what is no state is asked again and again", async () => {
  let asked = 0;
  const value = await untilTrue(
    () => Promise.resolve((asked += 1)),
    (count) => count === 3,
  );
  expect(value).toBe(3);
  await expect(
    untilTrue(
      () => "no",
      (text) => text === "yes",
      SOON,
    ),
  ).rejects.toThrow("the last value was 'no'");
});

test("the next time a thing happens can be waited for, within a time", async () => {
  const trigger = createTrigger();
  const waiting = next(trigger);
  trigger.fire();
  await waiting;
  await expect(next(trigger, SOON)).rejects.toThrow(
    "did not happen within 20 ms",
  );
});
