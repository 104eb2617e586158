import { expect, test } from "vitest";
import { ChunkPlan } from "./fetch-chunks.ts";

function takeAll(plan: ChunkPlan): number[] {
  const taken: number[] = [];
  for (let index = plan.take(); index !== null; index = plan.take())
    taken.push(index);
  return taken;
}

test("chunks are taken in order from the start, around the end, each once", () => {
  expect(takeAll(new ChunkPlan(4))).toEqual([0, 1, 2, 3]);
  expect(takeAll(new ChunkPlan(4, 3))).toEqual([3, 0, 1, 2]);
});

test("what is here already is not taken", () => {
  const plan = new ChunkPlan(4);
  expect([plan.arrived(1), plan.arrived(1), plan.here]).toEqual([
    true,
    false,
    1,
  ]);
  expect(takeAll(plan)).toEqual([0, 2, 3]);
});

test("what was given back is taken next, unless it arrived meanwhile", () => {
  const plan = new ChunkPlan(5);
  const first = [plan.take(), plan.take(), plan.take()];
  plan.giveBack(0);
  plan.giveBack(1);
  plan.arrived(1);
  expect([first, takeAll(plan)]).toEqual([
    [0, 1, 2],
    [0, 3, 4],
  ]);
});

test("of what was given back, what others can bring is taken last", () => {
  const plan = new ChunkPlan(3);
  takeAll(plan);
  for (const index of [0, 1, 2]) plan.giveBack(index);
  plan.arrived(0);
  const taken = [0, 1, 2].map(() => plan.take((index) => index === 2));
  expect(taken).toEqual([1, 2, null]);
});

test("it is done when every chunk arrived", () => {
  const plan = new ChunkPlan(3);
  for (const index of [2, 0, 1]) {
    expect(plan.isDone).toBe(false);
    plan.arrived(index);
  }
  expect(plan.isDone).toBe(true);
});

test("those to spare are taken last, and then all the same", () => {
  const plan = new ChunkPlan(5, 1);
  const isSpared = (index: number) => index < 3;
  const taken: (number | null)[] = [];
  for (let round = 0; round < 6; round++) taken.push(plan.take(isSpared));
  expect(taken).toEqual([3, 4, 1, 2, 0, null]);
});

test("among some, only those are taken, and a look goes on where the last one ended", () => {
  const plan = new ChunkPlan(6);
  const isThere = (index: number) => index % 2 === 1;
  expect(plan.takeAmong(isThere, 0)).toEqual({ index: 1, next: 2 });
  expect(plan.takeAmong(isThere, 2)).toEqual({ index: 3, next: 4 });
  plan.giveBack(3);
  expect(plan.takeAmong(isThere, 4)).toEqual({ index: 3, next: 4 });
  expect(plan.takeAmong(isThere, 4)).toEqual({ index: 5, next: 6 });
  expect(plan.takeAmong(isThere, 6)).toEqual({ index: null, next: 6 });
  expect(takeAll(plan)).toEqual([0, 2, 4]);
});
