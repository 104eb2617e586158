import { expect, test } from "vitest";
import { ENTRY_BATCH_BYTES } from "#core/contract/limits.ts";
import { packBatches, readBatch, readBlockJson, writeBlock } from "./block.ts";
import type { RawEntry } from "./block.ts";

const TIME = [1000, 0] as const;

function entries(count: number, bytes: number): RawEntry[] {
  return Array.from({ length: count }, (_, number) => ({
    type: "test",
    number,
    fill: "x".repeat(bytes),
  }));
}

function unpack(blocks: readonly Buffer[]): readonly RawEntry[] {
  return blocks.flatMap((block) => {
    const read = readBatch(block);
    if (read.kind !== "batch") throw new Error(read.kind);
    return read.batch.entries;
  });
}

test("EN1: a block is the version, then JSON of time and entries", () => {
  const [block] = packBatches([{ type: "post", text: "hé" }], () => TIME);
  expect(block?.[0]).toBe(1);
  expect(block?.toString("utf8", 1)).toBe(
    '{"time":[1000,0],"entries":[{"type":"post","text":"hé"}]}',
  );
});

test.each([
  [1, 10],
  [3, 20_000],
  [10, 20_000],
  [5000, 1],
  [2, 65_400],
])(
  "EN1: %i entries of %i bytes come back in order from blocks of at most 64 KiB",
  (count, bytes) => {
    const given = entries(count, bytes);
    const blocks = packBatches(given, () => TIME);
    expect(unpack(blocks)).toEqual(given);
    for (const block of blocks)
      expect(block.length).toBeLessThanOrEqual(ENTRY_BATCH_BYTES);
  },
);

test("EN1: entries share blocks as long as they fit", () => {
  expect(packBatches(entries(10, 20_000), () => TIME)).toHaveLength(4);
});

test("EN1: the largest time leaves room for the largest entry", () => {
  const time = [2 ** 48 - 1, 2 ** 16 - 1] as const;
  const overhead = JSON.stringify(entries(1, 0)[0]).length + 1 + 64;
  const [block] = packBatches(
    entries(1, ENTRY_BATCH_BYTES - overhead),
    () => time,
  );
  expect(block?.length).toBeLessThanOrEqual(ENTRY_BATCH_BYTES);
  expect(block && readBatch(block).kind).toBe("batch");
});

test("LI1: an entry that fits no block is refused", () => {
  expect(() => packBatches(entries(1, ENTRY_BATCH_BYTES), () => TIME)).toThrow(
    "text-long",
  );
});

test("EN1: each block has a time of its own", () => {
  let count = 0;
  const blocks = packBatches(entries(3, 40_000), () => [1000, count++]);
  expect(
    blocks.map((block) => {
      const read = readBatch(block);
      return read.kind === "batch" ? read.batch.time : null;
    }),
  ).toEqual([
    [1000, 0],
    [1000, 1],
    [1000, 2],
  ]);
});

test("EN1: a block of a newer version is told apart, not read", () => {
  const block = Buffer.from('\u0002{"time":[1,0],"entries":[]}');
  expect(readBatch(block)).toEqual({ kind: "newer", version: 2 });
});

test("EN1: entries of an unknown type stay in the batch with all they hold", () => {
  const entry = { type: "poll", question: { de: "?" } };
  const read = readBatch(writeBlock({ time: TIME, entries: [entry] }));
  expect(read).toEqual({
    kind: "batch",
    batch: { time: [1000, 0], entries: [entry] },
  });
});

const unreadable: readonly (readonly [string, Buffer])[] = [
  ["nothing", Buffer.alloc(0)],
  ["version 0", Buffer.from([0, 123, 125])],
  ["a version alone", Buffer.from([1])],
  ["no JSON", Buffer.from("\u0001{")],
  ["a number", writeBlock(7)],
  ["null", writeBlock(null)],
  ["no time", writeBlock({ entries: [] })],
  ["a time of three", writeBlock({ time: [1, 2, 3], entries: [] })],
  ["a time that is broken", writeBlock({ time: [1.5, 0], entries: [] })],
  ["a time before 1970", writeBlock({ time: [-1, 0], entries: [] })],
  ["a time past the end", writeBlock({ time: [2 ** 48, 0], entries: [] })],
  ["a count too high", writeBlock({ time: [1, 2 ** 16], entries: [] })],
  ["entries that are no list", writeBlock({ time: TIME, entries: {} })],
  ["an entry without type", writeBlock({ time: TIME, entries: [{ a: 1 }] })],
  ["an entry that is a list", writeBlock({ time: TIME, entries: [[]] })],
  ["more than 64 KiB", writeBlock({ time: TIME, entries: entries(4, 20_000) })],
  ["bytes that are not UTF-8", Buffer.from([1, 0xff, 0xfe, 0x22])],
];

test.each(unreadable)("HO1: a block with %s is unreadable", (_, block) => {
  expect(readBatch(block)).toEqual({ kind: "unreadable" });
});

test("HO1: brackets in brackets in brackets end the reading, not the app", () => {
  const deep = Buffer.from(`\u0001${"[".repeat(60_000)}`);
  expect(readBlockJson(deep)).toEqual({ kind: "unreadable" });
  const closed = "[".repeat(30_000) + "]".repeat(30_000);
  const inside = `\u0001{"time":[1,0],"entries":[{"type":"x","y":${closed}}]}`;
  expect(readBatch(Buffer.from(inside)).kind).toBe("batch");
});
