import { expect, test } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import {
  chunkCount,
  chunkLength,
  chunkSizeFor,
  FILE_BYTES,
  hashChunk,
  isChunking,
  isChunkOf,
  isListOf,
  rootBytes,
  rootFromBytes,
  rootOf,
} from "./chunks.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

test("FI1: the chunk size is the smallest power of two that keeps the list short", () => {
  const sizes = [
    [0, 256 * KIB],
    [1, 256 * KIB],
    [16 * GIB, 256 * KIB],
    [16 * GIB + 1, 512 * KIB],
    [32 * GIB, 512 * KIB],
    [32 * GIB + 1, 1 * MIB],
    [128 * GIB + 1, 4 * MIB],
    [256 * GIB, 4 * MIB],
  ] as const;
  expect(sizes.map(([size]) => [size, chunkSizeFor(size)])).toEqual(sizes);
  for (const [size] of sizes)
    expect(chunkCount(size)).toBeLessThanOrEqual(65_536);
});

test("FI1: a file with more chunks than a list holds is refused by name", () => {
  expect(FILE_BYTES).toBe(256 * GIB);
  let thrown: unknown = null;
  try {
    chunkSizeFor(256 * GIB + 1, "huge.bin");
  } catch (error) {
    thrown = error;
  }
  expect(isCoreError(thrown, "file-large") && thrown.details).toEqual({
    name: "huge.bin",
    limitBytes: 256 * GIB,
  });
});

test("FI1: a foreign record with an impossible size or another chunk size is told apart", () => {
  expect(isChunking(10, 256 * KIB)).toBe(true);
  expect(isChunking(20 * GIB, 512 * KIB)).toBe(true);
  for (const [size, chunkSize] of [
    [10, 512 * KIB],
    [20 * GIB, 256 * KIB],
    [-1, 256 * KIB],
    [1.5, 256 * KIB],
    [Number.NaN, 256 * KIB],
    [Number.POSITIVE_INFINITY, 4 * MIB],
    [2 ** 60, 4 * MIB],
    [10, 0],
  ] as const)
    expect([size, chunkSize, isChunking(size, chunkSize)]).toEqual([
      size,
      chunkSize,
      false,
    ]);
});

test("the chunks of a file add up to its size", () => {
  for (const size of [
    1,
    256 * KIB - 1,
    256 * KIB,
    256 * KIB + 1,
    5 * MIB + 3,
  ]) {
    let sum = 0;
    for (let index = 0; index < chunkCount(size); index++)
      sum += chunkLength(size, index);
    expect(sum).toBe(size);
  }
  expect(chunkLength(10, 1)).toBe(0);
});

test("FI2: an empty file is a list of one empty chunk", () => {
  expect(chunkCount(0)).toBe(1);
  expect(chunkLength(0, 0)).toBe(0);
  // The published BLAKE3 value of no bytes at all.
  expect(hashChunk(Buffer.alloc(0)).toString("hex")).toBe(
    "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
  );
  expect(
    isListOf(hashChunk(Buffer.alloc(0)), rootOf(hashChunk(Buffer.alloc(0))), 0),
  ).toBe(true);
});

test("FI2: the root covers each hash of the list and their order", () => {
  const a = hashChunk(Buffer.from("a"));
  const b = hashChunk(Buffer.from("b"));
  const roots = [
    rootOf(a),
    rootOf(b),
    rootOf(Buffer.concat([a, b])),
    rootOf(Buffer.concat([b, a])),
  ];
  expect(new Set(roots).size).toBe(4);
});

test("FI2: a list is taken only whole, for its size and root", () => {
  const size = 256 * KIB + 1;
  const list = Buffer.concat([
    hashChunk(Buffer.alloc(256 * KIB)),
    hashChunk(Buffer.alloc(1)),
  ]);
  const root = rootOf(list);
  expect(isListOf(list, root, size)).toBe(true);
  expect(isListOf(list.subarray(0, 32), root, size)).toBe(false);
  expect(isListOf(list, root, 10)).toBe(false);
  expect(isListOf(list, rootOf(Buffer.alloc(64)), size)).toBe(false);
});

test("FI2: a chunk is taken only at its own place", () => {
  const list = Buffer.concat([
    hashChunk(Buffer.from("a")),
    hashChunk(Buffer.from("b")),
  ]);
  expect(isChunkOf(Buffer.from("b"), list, 1)).toBe(true);
  for (const [text, index] of [
    ["b", 0],
    ["a", 1],
    ["b", 2],
    ["b", -1],
    ["b", 0.5],
    ["b ", 1],
  ] as const)
    expect([text, index, isChunkOf(Buffer.from(text), list, index)]).toEqual([
      text,
      index,
      false,
    ]);
});

test("a root is the same in bytes and in letters", () => {
  const bytes = hashChunk(Buffer.from("root"));
  expect(rootBytes(rootFromBytes(bytes)).equals(bytes)).toBe(true);
  expect(() => rootFromBytes(bytes.subarray(1))).toThrow();
});
