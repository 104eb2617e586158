import { expect, test } from "vitest";
import { testContent } from "#core/testing/files-device.ts";
import { GivenCounts, ServeQueue } from "./serve-queue.ts";

const { root } = testContent(Buffer.from("anything"));

function queue(counts: GivenCounts, indexes: readonly number[]): ServeQueue {
  const made = new ServeQueue(counts);
  for (const index of indexes)
    made.add({
      id: index,
      isUrgent: false,
      part: { kind: "chunk", root, index },
    });
  return made;
}

function takeAll(from: ServeQueue): readonly number[] {
  const taken: number[] = [];
  for (let next = from.take(); next !== undefined; next = from.take())
    taken.push(next.id);
  return taken;
}

test("what nobody asked for twice goes in the order in which it was asked for", () => {
  expect(takeAll(queue(new GivenCounts(), [3, 1, 2]))).toEqual([3, 1, 2]);
});

test("FI2: what was given least goes first, over all lines", () => {
  const counts = new GivenCounts();
  expect(takeAll(queue(counts, [0, 1]))).toEqual([0, 1]);
  const other = queue(counts, [0, 1, 2]);
  const third = queue(counts, [0]);
  expect([other.rank, third.rank]).toEqual([0, 1]);
  expect(takeAll(other)).toEqual([2, 0, 1]);
  expect(third.rank).toBe(2);
});

test("what is urgent goes before everything, and nothing at all comes last", () => {
  const counts = new GivenCounts();
  const one = queue(counts, [0, 1]);
  one.add({ id: 9, isUrgent: true, part: { kind: "chunk", root, index: 9 } });
  expect(one.rank).toBe(-1);
  expect(takeAll(one)).toEqual([9, 0, 1]);
  expect(one.rank).toBe(Infinity);
});

test("what was given to others is not passed over for ever", () => {
  const counts = new GivenCounts();
  takeAll(queue(counts, [0]));
  const one = queue(counts, [
    0,
    ...Array.from({ length: 40 }, (_, i) => i + 1),
  ]);
  expect(takeAll(one).indexOf(0)).toBe(16);
});

test("what is spared is gone, and said to have been there", () => {
  const one = queue(new GivenCounts(), [0, 1, 2]);
  expect(one.spare(new Set([1, 7]))).toEqual([1]);
  expect(takeAll(one)).toEqual([0, 2]);
});
