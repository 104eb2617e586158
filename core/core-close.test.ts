import { afterEach, expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import type { Clock } from "#core/base/clock.ts";
import { createPeople } from "#core/testing/people.ts";
import type { TestPeople } from "#core/testing/people.ts";

let people: TestPeople | undefined;
afterEach(async () => {
  await people?.close();
});

/** The machine's clock, with where each timer that still waits was set. */
function countingClock() {
  const waiting = new Map<object, string>();
  function count(cancel: () => void, timer: object): () => void {
    waiting.set(timer, new Error("set").stack ?? "");
    return () => {
      waiting.delete(timer);
      cancel();
    };
  }
  const clock: Clock = {
    ...systemClock,
    after(ms, task) {
      const timer = {};
      const run = (): void => {
        waiting.delete(timer);
        task();
      };
      return count(systemClock.after(ms, run), timer);
    },
    every: (ms, task) => count(systemClock.every(ms, task), {}),
  };
  return { clock, waiting: () => [...waiting.values()] };
}

test("a core that was closed waits for nothing: a process ends with it", async () => {
  people = await createPeople();
  const { clock, waiting } = countingClock();
  const ana = await people.add("Ana", { clock });
  const ben = await people.add("Ben");
  await people.befriend(ana, ben);
  expect(waiting()).not.toEqual([]);
  await ana.close();
  expect(waiting()).toEqual([]);
});
