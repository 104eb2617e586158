import fc from "fast-check";
import { expect, test } from "vitest";
import { readRange, resolveRange } from "./byte-range.ts";

test.each([
  ["bytes=0-99", { start: 0, end: 100 }],
  ["bytes=5-5", { start: 5, end: 6 }],
  ["bytes=100-", { start: 100, end: null }],
  ["bytes=-7", { last: 7 }],
])("%s is read", (header, range) => {
  expect(readRange(header)).toEqual(range);
});

test.each([
  undefined,
  "",
  "bytes=",
  "bytes=-",
  "bytes=9-5",
  "bytes=0-1,4-5",
  "bytes=a-b",
  "lines=0-1",
  "bytes=0-1 ",
  "bytes=99999999999999999999-",
])("%j means the whole file", (header) => {
  expect(readRange(header)).toBeNull();
});

test("ranges are cut to the file, and one outside has no bytes", () => {
  expect(resolveRange(null, 10)).toEqual({ start: 0, end: 10 });
  expect(resolveRange(null, 0)).toEqual({ start: 0, end: 0 });
  expect(resolveRange({ start: 4, end: null }, 10)).toEqual({
    start: 4,
    end: 10,
  });
  expect(resolveRange({ start: 4, end: 99 }, 10)).toEqual({
    start: 4,
    end: 10,
  });
  expect(resolveRange({ last: 99 }, 10)).toEqual({ start: 0, end: 10 });
  expect(resolveRange({ last: 3 }, 10)).toEqual({ start: 7, end: 10 });
  expect(resolveRange({ last: 0 }, 10)).toBeNull();
  expect(resolveRange({ start: 10, end: null }, 10)).toBeNull();
  expect(resolveRange({ start: 0, end: 1 }, 0)).toBeNull();
});

test("whatever the header and the size, the bytes lie inside the file", () => {
  const header = fc.oneof(
    fc.string(),
    fc.stringMatching(/^bytes=\d{0,4}-\d{0,4}$/),
  );
  fc.assert(
    fc.property(header, fc.nat(10_000), (text, size) => {
      const bytes = resolveRange(readRange(text), size);
      if (bytes === null) return;
      expect(bytes.start).toBeGreaterThanOrEqual(0);
      expect(bytes.end).toBeLessThanOrEqual(size);
      expect(bytes.start).toBeLessThanOrEqual(bytes.end);
    }),
  );
});
