import { expect, test } from "vitest";
import { testBytes, testContent } from "#core/testing/files-device.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { FetchEnd } from "./bulk-fetch-end.ts";
import {
  ANSWER_HEAD_BYTES,
  ANSWERS_BYTES,
  FRAME_HEAD_BYTES,
  putAnswerHead,
  putFrameHead,
  smallFrame,
} from "./bulk-frames.ts";
import type { FetchNews } from "./bulk-messages.ts";
import { PACK_OUTCOMES } from "./bulk-pack.ts";
import { HASH_BYTES, rootBytes } from "#core/files/chunks.ts";
import { encodeIds, encodePack } from "./wire.ts";

const FIRST = 5;
const contents = [300, 0, 7_000].map((size, index) =>
  testContent(testBytes(size, index + 1)),
);

/** A lane without a link, on which three contents are asked for as one pack. */
function asking() {
  const news: FetchNews[] = [];
  const ends: string[] = [];
  const end = new FetchEnd(
    { lane: 1, clock: createManualClock(), end: (why) => ends.push(why) },
    (one) => news.push(one),
  );
  const roots = new Uint8Array(contents.length * HASH_BYTES);
  for (const [at, { root }] of contents.entries())
    roots.set(rootBytes(root), at * HASH_BYTES);
  const sizes = Uint32Array.from(contents, ({ size }) => size);
  end.pack(encodePack(FIRST, roots), { first: FIRST, roots, sizes });
  const results = () =>
    news.flatMap((one) => (one.kind === "pack" ? one.result : []));
  const outcomes = () =>
    results().map((one) => Array.from(one.outcomes, (at) => PACK_OUTCOMES[at]));
  return { end, ends, results, outcomes };
}

function answers(...all: readonly (readonly [number, Uint8Array])[]): Buffer {
  const body = Buffer.concat(
    all.map(([id, bytes]) => {
      const head = Buffer.alloc(ANSWER_HEAD_BYTES);
      putAnswerHead(head, 0, id, bytes.byteLength);
      return Buffer.concat([head, bytes]);
    }),
  );
  return smallFrame("answers", body);
}

function bytesOf(at: number): Buffer {
  return Buffer.from(contents[at]?.bytes ?? []);
}

function flipped(at: number): Buffer {
  const bytes = bytesOf(at);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes;
}

test("FI11 FI2: a pack is proved one by one, and comes back as one piece of memory", () => {
  const { end, results, outcomes } = asking();
  end.frames.feed(answers([FIRST + 2, bytesOf(2)], [FIRST, bytesOf(0)]));
  expect(results()).toEqual([]);
  const alone = Buffer.alloc(FRAME_HEAD_BYTES);
  putFrameHead(alone, { kind: "answer", id: FIRST + 1, length: 0 });
  end.frames.feed(alone);
  expect(outcomes()).toEqual([["proved", "proved", "proved"]]);
  const all = Buffer.concat(contents.map(({ bytes }) => bytes));
  expect(all.equals(results()[0]?.bytes ?? all.subarray(1))).toBe(true);
});

test("FI11 FI2: one wrong bit, another size and a lack are told apart, and spoil nothing else", () => {
  for (const [bytes, outcome] of [
    [flipped(0), "wrong"],
    [bytesOf(0).subarray(1), "other"],
    [null, "lack"],
  ] as const) {
    const { end, outcomes, ends } = asking();
    end.frames.feed(
      bytes === null
        ? smallFrame("lack", encodeIds([FIRST]))
        : answers([FIRST, bytes]),
    );
    end.frames.feed(answers([FIRST + 1, bytesOf(1)], [FIRST + 2, bytesOf(2)]));
    expect(outcomes()).toEqual([[outcome, "proved", "proved"]]);
    expect(ends).toEqual([]);
  }
});

const cut = answers([FIRST, bytesOf(0)]);
const long = Buffer.alloc(FRAME_HEAD_BYTES);
putFrameHead(long, { kind: "answers", id: 0, length: ANSWERS_BYTES + 1 });

test.each([
  ["an answer nobody asked for", answers([FIRST + 3, bytesOf(0)])],
  ["an answer that was given already", answers([FIRST + 2, bytesOf(2)])],
  ["a lack of what was given already", smallFrame("lack", encodeIds([7]))],
  ["an answer that is longer than it says", smallFrame("answers", cut)],
  ["a head without an end", smallFrame("answers", Buffer.alloc(3))],
  ["more than answers may have", long],
])("FI11 HO1: %s in a pack ends the lane", async (_, bytes) => {
  const { end, ends, outcomes } = asking();
  end.frames.feed(answers([FIRST + 2, bytesOf(2)]));
  end.frames.feed(bytes);
  expect(ends).toEqual(["format"]);
  // What was proved before stays.
  await end.ended();
  expect(outcomes()).toEqual([["gone", "gone", "proved"]]);
});

test("FI11 HO1: who was asked for no pack can send no answers", () => {
  const { end, ends } = asking();
  for (const at of contents.keys())
    end.frames.feed(answers([FIRST + at, bytesOf(at)]));
  expect(ends).toEqual([]);
  end.frames.feed(answers([FIRST, bytesOf(0)]));
  expect(ends).toEqual(["format"]);
});
