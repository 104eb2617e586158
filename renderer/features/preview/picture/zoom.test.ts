import { expect, test } from "vitest";
import { fitted, kept, zoomed } from "./zoom.ts";

const room = { width: 1000, height: 500 };
const large = { width: 4000, height: 3000 };

test("a picture is fitted whole, and small ones are left as they are", () => {
  expect(fitted(large, room).scale).toBeCloseTo(1 / 6);
  expect(fitted({ width: 10, height: 10 }, room).scale).toBe(1);
});

test("the point under the pointer stays where it is", () => {
  const before = { scale: 0.5, x: 0, y: 0 };
  const at = { x: 200, y: 100 };
  const after = zoomed(before, 1, at, large, room);
  // In the picture's own measure, from its middle.
  expect((at.x - after.x) / after.scale).toBeCloseTo(
    (at.x - before.x) / before.scale,
  );
  expect((at.y - after.y) / after.scale).toBeCloseTo(
    (at.y - before.y) / before.scale,
  );
});

test("a picture never leaves its window", () => {
  expect(kept({ scale: 1, x: 99_999, y: -99_999 }, large, room)).toEqual({
    scale: 1,
    x: 1500,
    y: -1250,
  });
  expect(kept({ scale: 0.1, x: 50, y: 50 }, large, room)).toEqual({
    scale: 0.1,
    x: 0,
    y: 0,
  });
});
