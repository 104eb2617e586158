import { expect, test } from "vitest";
import * as v from "valibot";
import z32 from "z32";
import { spaceIdSchema } from "#core/contract/ids.ts";
import { CHUNK_MAX_BYTES, MESSAGE_BYTES } from "#core/contract/limits.ts";
import { rootOf } from "#core/files/chunks.ts";
import { WireError } from "./wire-reader.ts";
import {
  decodeAnswers,
  decodeAsk,
  decodeHeld,
  decodeHolds,
  decodeIds,
  decodeMap,
  decodeMapped,
  decodeNews,
  encodeAnswers,
  encodeAsk,
  encodeHeld,
  encodeHolds,
  encodeIds,
  encodeMap,
  encodeMapped,
  encodeNews,
  HOLDS_ROOTS,
  OPEN_ASKS,
  type Part,
} from "./wire.ts";

const one = rootOf(Buffer.from("one"));
const two = rootOf(Buffer.from("two"));

function chunks(root: typeof one, first: number, count: number): Part[] {
  return Array.from({ length: count }, (_, i) => ({
    kind: "chunk",
    root,
    index: first + i,
  }));
}

test("an ask comes back as it was written, runs of chunks in one group", () => {
  const ask = {
    first: 70_000,
    isUrgent: true,
    parts: [
      { kind: "page", root: one, index: 0 } as const,
      ...chunks(one, 0, 500),
      ...chunks(one, 65_530, 6),
      ...chunks(two, 0, 1),
    ],
  };
  const bytes = encodeAsk(ask);
  expect(decodeAsk(bytes)).toEqual(ask);
  expect(bytes.byteLength).toBeLessThan(4 * 40);
});

test("a message asks for as many small files as may be open at once", () => {
  const parts = Array.from({ length: OPEN_ASKS }, (_, i) => ({
    kind: "chunk" as const,
    root: rootOf(Buffer.from([i, i >> 8])),
    index: 0,
  }));
  expect(
    decodeAsk(encodeAsk({ first: 2 ** 40, isUrgent: false, parts })).parts,
  ).toEqual(parts);
});

test("answers, ids, questions and news come back as they were written", () => {
  const answers = [
    { id: 1, bytes: Buffer.alloc(0) },
    { id: 2 ** 33, bytes: Buffer.from("bytes") },
  ];
  expect(decodeAnswers(encodeAnswers(answers))).toEqual(answers);
  const whole = Buffer.alloc(CHUNK_MAX_BYTES, 7);
  const [answer] = decodeAnswers(encodeAnswers([{ id: 3, bytes: whole }]));
  expect(answer?.bytes.equals(whole)).toBe(true);
  expect(decodeIds(encodeIds([0, 300, 2 ** 40]))).toEqual([0, 300, 2 ** 40]);
  const holds = { id: 9, roots: [one, two] };
  expect(decodeHolds(encodeHolds(holds))).toEqual(holds);
  const map = { id: 9, map: Buffer.from([1, 0, 255]) };
  expect(decodeMap(encodeMap({ id: 9, root: two }))).toEqual({
    id: 9,
    root: two,
  });
  expect(decodeMapped(encodeMapped(map))).toEqual(map);
  const held = { id: 9, held: ["all", "none", "some"] } as const;
  expect(decodeHeld(encodeHeld(held))).toEqual(held);
  const space = v.parse(spaceIdSchema, z32.encode(Buffer.alloc(32, 5)));
  expect(decodeNews(encodeNews([space]))).toEqual([space]);
});

test("HO1: a message cut short anywhere throws the wire's own error or is a shorter message", () => {
  const messages = [
    [
      encodeAsk({ first: 1, isUrgent: false, parts: chunks(one, 5, 3) }),
      decodeAsk,
    ],
    [encodeAnswers([{ id: 1, bytes: Buffer.alloc(300) }]), decodeAnswers],
    [encodeIds([5, 70_000]), decodeIds],
    [encodeHolds({ id: 1, roots: [one] }), decodeHolds],
    [encodeMap({ id: 1, root: one }), decodeMap],
    [encodeNews([v.parse(spaceIdSchema, String(one))]), decodeNews],
  ] as const;
  for (const [bytes, decode] of messages)
    for (let end = 0; end < bytes.byteLength; end++) {
      let error: unknown = null;
      try {
        decode(bytes.subarray(0, end));
      } catch (thrown) {
        error = thrown;
      }
      if (error !== null) expect(error).toBeInstanceOf(WireError);
    }
});

test("HO1: random bytes throw nothing but the wire's own error", () => {
  let state = 1;
  for (let round = 0; round < 2_000; round++) {
    const bytes = Buffer.alloc(1 + (round % 90));
    for (let i = 0; i < bytes.length; i++) {
      state = (state * 48_271) % 2_147_483_647;
      bytes[i] = state % 7 === 0 ? 0xff : state & 255;
    }
    for (const decode of [
      decodeAsk,
      decodeAnswers,
      decodeIds,
      decodeMap,
      decodeMapped,
      decodeHolds,
      decodeHeld,
      decodeNews,
      decodeMap,
      decodeMapped,
    ]) {
      try {
        decode(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
      }
    }
  }
});

test("LI: more than the limits is refused", () => {
  const tooMany = [
    () =>
      decodeAsk(
        encodeAsk({
          first: 0,
          isUrgent: false,
          parts: chunks(one, 0, OPEN_ASKS + 1),
        }),
      ),
    () => decodeIds(encodeIds(Array.from({ length: OPEN_ASKS + 1 }, () => 1))),
    () =>
      decodeHolds(
        encodeHolds({
          id: 0,
          roots: Array.from({ length: HOLDS_ROOTS + 1 }, () => one),
        }),
      ),
    () =>
      decodeAnswers(
        encodeAnswers([{ id: 0, bytes: Buffer.alloc(CHUNK_MAX_BYTES + 1) }]),
      ),
    () =>
      decodeAnswers(
        encodeAnswers(
          [1, 2].map((id) => ({ id, bytes: Buffer.alloc(MESSAGE_BYTES / 2) })),
        ),
      ),
  ];
  for (const decode of tooMany) expect(decode).toThrow(WireError);
});

test("LI: a claimed length allocates nothing", () => {
  const claim = Buffer.from([0, 0xfe, 0xff, 0xff, 0x3f, 0]);
  expect(() => decodeAnswers(claim)).toThrow(WireError);
});
