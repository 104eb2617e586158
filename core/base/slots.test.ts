import { expect, test } from "vitest";
import { Slots } from "./slots.ts";

interface Task {
  readonly run: (setWaiting: (isWaiting: boolean) => void) => Promise<void>;
  readonly setWaiting: (isWaiting: boolean) => void;
  readonly end: (error?: Error) => void;
  readonly hasBegun: () => boolean;
}

function task(): Task {
  let setWaiting: (isWaiting: boolean) => void = () => undefined;
  let end: (error?: Error) => void = () => undefined;
  let hasBegun = false;
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => {
      if (error === undefined) resolve();
      else reject(error);
    };
  });
  return {
    run(set) {
      hasBegun = true;
      setWaiting = set;
      return ended;
    },
    setWaiting: (isWaiting) => {
      setWaiting(isWaiting);
    },
    end: (error) => {
      end(error);
    },
    hasBegun: () => hasBegun,
  };
}

test("a task waits for room, and one that waits for others makes room", async () => {
  const slots = new Slots(1, 2, () => undefined);
  const [first, second, third] = [task(), task(), task()];
  await slots.start(first.run);
  const started = slots.start(second.run);
  expect(second.hasBegun()).toBe(false);
  first.setWaiting(true);
  await started;
  expect(second.hasBegun()).toBe(true);
  expect(slots.isWaiting).toBe(false);
  second.setWaiting(true);
  expect(slots.isWaiting).toBe(true);
  // Two wait already: no more is begun until one of them goes on.
  const last = slots.start(third.run);
  expect(third.hasBegun()).toBe(false);
  first.end();
  await last;
  second.end();
  third.end();
  await slots.drained();
  expect(slots.isWaiting).toBeNull();
});

test("the first failure ends the waiting, and nothing more is begun", async () => {
  const slots = new Slots(2, 2, () => undefined);
  const [first, second, third] = [task(), task(), task()];
  await slots.start(first.run);
  await slots.start(second.run);
  const last = slots.start(third.run);
  first.end(new Error("no room on the disk"));
  await expect(last).rejects.toThrow("no room on the disk");
  await expect(slots.drained()).rejects.toThrow("no room on the disk");
  expect(third.hasBegun()).toBe(false);
  second.end();
  await slots.ended();
});

test("a task that waits from the start is counted as waiting", async () => {
  const seen: (boolean | null)[] = [];
  const slots = new Slots(1, 1, () => seen.push(slots.isWaiting));
  const it = task();
  await slots.start((setWaiting) => {
    setWaiting(true);
    return it.run(setWaiting);
  });
  expect(seen.at(-1)).toBe(true);
  it.end();
  await slots.ended();
});
