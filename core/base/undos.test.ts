import { expect, test } from "vitest";
import { systemRandom } from "./random.ts";
import { Undos } from "./undos.ts";

test("what was done is undone once, and what is too long ago not at all", async () => {
  const undos = new Undos(systemRandom);
  const undone: number[] = [];
  const ids = Array.from({ length: 40 }, (_, at) =>
    undos.add(() => {
      undone.push(at);
      return Promise.resolve();
    }),
  );
  const last = ids.at(-1) ?? "";
  expect(await undos.undo(last)).toBe(true);
  expect(await undos.undo(last)).toBe(false);
  expect(await undos.undo(ids[0] ?? "")).toBe(false);
  expect(undone).toEqual([39]);
});
