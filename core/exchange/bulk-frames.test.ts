import { expect, test } from "vitest";
import {
  FRAME_HEAD_BYTES,
  FrameReader,
  putFrameHead,
  smallFrame,
  type FrameHead,
} from "./bulk-frames.ts";

const MIB = 1024 * 1024;

function reading(room: (head: FrameHead) => Uint8Array | null) {
  const frames: { head: FrameHead; body: Buffer }[] = [];
  let broken = 0;
  const reader = new FrameReader({
    room,
    frame: (head, body) => {
      frames.push({ head, body: Buffer.from(body) });
    },
    broken: () => {
      broken++;
    },
  });
  return { reader, frames, isBroken: () => broken > 0, count: () => broken };
}

test("FI11: frames come whole, however the bytes are cut", () => {
  const bytes = Buffer.concat([
    smallFrame("ask", Buffer.from("first")),
    smallFrame("lack", Buffer.alloc(0)),
    smallFrame("cancel", Buffer.alloc(300, 7)),
  ]);
  for (const step of [1, 2, 8, 9, 10, 1000]) {
    const { reader, frames } = reading(({ length }) => Buffer.alloc(length));
    for (let at = 0; at < bytes.byteLength; at += step)
      reader.feed(bytes.subarray(at, at + step));
    expect(frames.map(({ head }) => head.kind)).toEqual([
      "ask",
      "lack",
      "cancel",
    ]);
    expect(frames[0]?.body.toString()).toBe("first");
    expect(frames[2]?.body.equals(Buffer.alloc(300, 7))).toBe(true);
  }
});

test("FI11 HO1: a head that says too much asks for no room at all", () => {
  const asked: number[] = [];
  const { reader, isBroken } = reading(({ length }) => {
    asked.push(length);
    return Buffer.alloc(length);
  });
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  putFrameHead(head, { kind: "answer", id: 0, length: 4 * MIB + 1 });
  reader.feed(head);
  expect(isBroken()).toBe(true);
  expect(asked).toEqual([]);
});

test("FI11 HO1: an unknown kind, and a frame the taker refuses, end the reading", () => {
  const unknown = reading(({ length }) => Buffer.alloc(length));
  unknown.reader.feed(Buffer.from([0, 0, 0, 1, 9, 0, 0, 0, 0, 1]));
  expect(unknown.isBroken()).toBe(true);
  const refused = reading(() => null);
  refused.reader.feed(smallFrame("lack", Buffer.from("x")));
  // What comes after that is not looked at.
  refused.reader.feed(Buffer.alloc(MIB));
  refused.reader.came(FRAME_HEAD_BYTES);
  expect(refused.count()).toBe(1);
  expect(refused.frames).toEqual([]);
});
