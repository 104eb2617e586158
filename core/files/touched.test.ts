import { expect, test } from "vitest";
import { hashChunk, rootOf } from "./chunks.ts";
import { Touched } from "./touched.ts";

const root = (name: string | number) =>
  rootOf(hashChunk(Buffer.from(String(name))));

test("a few contents that changed are told once, by name", () => {
  const touched = new Touched();
  touched.add(root("a"));
  touched.add(root("b"));
  touched.add(root("a"));
  expect(touched.take()).toEqual(new Set([root("a"), root("b")]));
  expect(touched.take()).toEqual(new Set());
});

test("when many came, it may be any, until that was told", () => {
  const touched = new Touched();
  expect(touched.hasRoom(500)).toBe(false);
  touched.add(root("a"));
  expect(touched.take()).toBeNull();
  for (let n = 0; n <= 1_000; n++) touched.add(root(n));
  expect(touched.take()).toBeNull();
  expect(touched.take()).toEqual(new Set());
});
