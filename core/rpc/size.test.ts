import fc from "fast-check";
import { expect, test } from "vitest";
import { isWithin } from "./size.ts";

test("texts, bytes, fields and items count", () => {
  expect(isWithin("a".repeat(100), 200)).toBe(true);
  expect(isWithin("a".repeat(300), 200)).toBe(false);
  expect(isWithin(new Uint8Array(300), 200)).toBe(false);
  expect(isWithin({ ["k".repeat(300)]: 1 }, 200)).toBe(false);
  expect(
    isWithin(
      Array.from({ length: 50 }, () => null),
      200,
    ),
  ).toBe(false);
});

test("a circle and a depth that would exhaust a stack end at the limit", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  expect(isWithin(circle, 100_000)).toBe(false);
  let deep: unknown = null;
  for (let i = 0; i < 200_000; i++) deep = [deep];
  expect(isWithin(deep, 100_000)).toBe(false);
});

test("what is within a limit is within every larger one", () => {
  fc.assert(
    fc.property(fc.anything(), fc.nat(2000), fc.nat(2000), (value, a, b) => {
      if (isWithin(value, a)) expect(isWithin(value, a + b)).toBe(true);
    }),
  );
});
