import { expect, test } from "vitest";
import { decodeLane, encodeLane, type LaneMessage } from "./bulk-lane-wire.ts";
import { WireError } from "./wire-reader.ts";

const fingerprint = Buffer.alloc(32, 1);
const token = Buffer.alloc(32, 2);
const MESSAGES: readonly LaneMessage[] = [
  { kind: "want", lane: 0, fingerprint, isReversed: true },
  { kind: "agree", lane: 7, fingerprint, port: 49_152, token },
  { kind: "agree", lane: 7, fingerprint, port: 0, token: Buffer.alloc(0) },
  { kind: "listen", lane: 300, port: 1, token },
  { kind: "refuse", lane: 70_000 },
];

test("FI11: what is agreed on a lane comes through as it was", () => {
  for (const message of MESSAGES)
    expect(decodeLane(encodeLane(message))).toEqual(message);
});

test("HO1: a message about a lane that is cut, too long or out of range is refused", () => {
  for (const message of MESSAGES) {
    const bytes = encodeLane(message);
    for (let end = 0; end < bytes.byteLength; end++)
      expect(() => decodeLane(bytes.subarray(0, end))).toThrow(WireError);
    const longer = Buffer.concat([bytes, Buffer.from([0])]);
    expect(() => decodeLane(longer)).toThrow(WireError);
  }
  expect(() => decodeLane(Buffer.from([0, 4]))).toThrow(WireError);
});
