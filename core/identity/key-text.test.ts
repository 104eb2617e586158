import { safeParse } from "valibot";
import { expect, test } from "vitest";
import z32 from "z32";
import { deviceIdSchema, personIdSchema } from "#core/contract/ids.ts";
import { deviceIdOf, keyBytes, personIdOf } from "./key-text.ts";

test("ID1: a key and its text stand for each other", () => {
  const key = Buffer.alloc(32, 0xa1);
  expect(personIdOf(key)).toBe(z32.encode(key));
  expect(keyBytes(personIdOf(key))).toEqual(key);
  expect(keyBytes(deviceIdOf(key))).toEqual(key);
  expect(() => personIdOf(key.subarray(1))).toThrow();
});

test("a key has one text: the letters that only pad cannot be changed", () => {
  const text = personIdOf(Buffer.alloc(32));
  const other = `${text.slice(0, -1)}b`;
  // The decoder takes both for the same key; two ids of one person must not be.
  expect(z32.decode(other)).toEqual(z32.decode(text));
  expect(safeParse(personIdSchema, text).success).toBe(true);
  expect(safeParse(personIdSchema, other).success).toBe(false);
  expect(safeParse(deviceIdSchema, other).success).toBe(false);
});
