import NoiseSecretStream from "@hyperswarm/secret-stream";
import { expect, test } from "vitest";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { openLine } from "./line.ts";
import { createPipe } from "./pipe.ts";
import { createOneEach } from "./one-each.ts";
import type { Line } from "./port.ts";

const [small, great] = [1, 2, 3]
  .map((seed) => NoiseSecretStream.keyPair(Buffer.alloc(32, seed)))
  .sort((a, b) => a.publicKey.compare(b.publicKey));

type Keys = NoiseSecretStream.KeyPair | undefined;

/** A line that `dialler` made to `other`: its end, and the end at the other. */
async function dial(
  dialler: Keys,
  other: Keys,
): Promise<readonly [Line, Line]> {
  if (dialler === undefined || other === undefined) throw new Error("no keys");
  const [near, far] = createPipe();
  const lines = await Promise.all([
    openLine(new NoiseSecretStream(true, near, { keyPair: dialler }), () => ({
      transport: "memory",
      remote: null,
    })),
    openLine(new NoiseSecretStream(false, far, { keyPair: other }), () => ({
      transport: "memory",
      remote: null,
    })),
  ]);
  if (lines[0] === null || lines[1] === null) throw new Error("no line");
  return [lines[0], lines[1]];
}

function end() {
  const clock = createManualClock();
  const announced: Line[] = [];
  const each = createOneEach(clock, (line) => announced.push(line));
  return { clock, announced, each };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test("the first line to an end is announced, and again after it is gone", async () => {
  const { each, announced } = end();
  const [first] = await dial(small, great);
  expect(each.add(first)).toBe(first);
  first.close();
  await first.closed;
  const [second] = await dial(small, great);
  expect(each.add(second)).toBe(second);
  expect(announced).toEqual([first, second]);
});

test("the dialling end hangs up a line it does not need", async () => {
  const { each, announced } = end();
  const [, answered] = await dial(great, small);
  each.add(answered);
  const [dialled] = await dial(small, great);
  expect(each.add(dialled)).toBe(answered);
  expect(dialled.stream.destroying).toBe(true);
  expect(announced).toEqual([answered]);
});

test("when both dial at once, both ends keep the line of the greater key", async () => {
  const atSmall = end();
  const atGreat = end();
  const [smallNear, smallFar] = await dial(small, great);
  const [greatNear, greatFar] = await dial(great, small);
  atSmall.each.add(smallNear);
  atGreat.each.add(greatNear);
  expect(atSmall.each.add(greatFar)).toBe(greatFar);
  expect(atGreat.each.add(smallFar)).toBe(greatNear);
  expect(smallNear.stream.destroying).toBe(true);
  expect(smallFar.stream.destroying).toBe(true);
  expect([greatNear, greatFar].map((line) => line.stream.destroying)).toEqual([
    false,
    false,
  ]);
});

test("a dialled end waits for the other to hang up before it changes lines", async () => {
  const { each, announced, clock } = end();
  const [, old] = await dial(great, small);
  each.add(old);
  clock.advance(60_000);
  const [dialler, second] = await dial(great, small);
  expect(each.add(second)).toBe(old);
  expect(announced).toEqual([old]);
  second.close();
  await second.closed;
  await settled();
  clock.advance(60_000);
  await settled();
  expect(announced).toEqual([old]);
  expect(old.stream.destroying).toBe(false);
  dialler.close();
});

test("a line that the other end dialled because it lost the old one takes its place", async () => {
  const { each, announced, clock } = end();
  const [old] = await dial(small, great);
  each.add(old);
  clock.advance(60_000);
  const [, anew] = await dial(great, small);
  each.add(anew);
  expect(announced).toEqual([old]);
  clock.advance(1_000);
  await settled();
  expect(announced).toEqual([old, anew]);
  expect(old.stream.destroying).toBe(true);
});

test("when the old line goes first the one held is announced at once", async () => {
  const { each, announced, clock } = end();
  const [, old] = await dial(great, small);
  each.add(old);
  const [, anew] = await dial(great, small);
  each.add(anew);
  old.close();
  await old.closed;
  await settled();
  expect(announced).toEqual([old, anew]);
  expect(clock.due).toEqual([]);
});

test("an end that dials without pause has one line held, no more", async () => {
  const { each } = end();
  const [, old] = await dial(great, small);
  each.add(old);
  const [, second] = await dial(great, small);
  const [, third] = await dial(great, small);
  each.add(second);
  each.add(third);
  expect([second, third].map((line) => line.stream.destroying)).toEqual([
    false,
    true,
  ]);
});
