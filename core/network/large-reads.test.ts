import { Duplex } from "node:stream";
import NoiseSecretStream from "@hyperswarm/secret-stream";
import { expect, test } from "vitest";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { readLargely } from "./large-reads.ts";

const BUFFER_BYTES = 65_536 + 2_048;
const PACKET_BYTES = 1_451;
const MTU = 1_500;
const START = frame(56);
const LARGE = 256 * 1024;

function frame(length: number): Buffer {
  const bytes = Buffer.alloc(3 + length, 9);
  bytes.writeUIntLE(length, 0, 3);
  return bytes;
}

/** Does with packets what the native half of a UDX stream does. */
class FakeUdx extends Duplex {
  _buffer = Buffer.alloc(BUFFER_BYTES);
  readonly _handle = Buffer.alloc(1);
  readonly handed: number[] = [];
  #isInteractive = true;
  /** Packets in the buffer that nobody was handed yet. */
  held = 0;

  static of(handle: Uint8Array): FakeUdx {
    const one = FakeUdx.#all.get(handle);
    if (one === undefined) throw new Error("no such stream");
    return one;
  }
  static readonly #all = new Map<Uint8Array, FakeUdx>();

  constructor() {
    super();
    FakeUdx.#all.set(this._handle, this);
  }

  /** With the library's own mistake: an open stream does nothing here. */
  setInteractive(
    this: { _closed?: boolean; _handle: Uint8Array },
    isInteractive: boolean,
  ): void {
    if (this._closed === true) FakeUdx.of(this._handle).#set(isInteractive);
  }

  #set(isInteractive: boolean): void {
    this.#isInteractive = isInteractive;
  }

  arrive(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at += PACKET_BYTES)
      this.#packet(bytes.subarray(at, at + PACKET_BYTES));
  }

  #packet(bytes: Buffer): void {
    if (bytes.length > this._buffer.length - this.held)
      throw new Error("a packet has no room, and would be lost");
    bytes.copy(this._buffer, this.held);
    this.held += bytes.length;
    const free = this._buffer.length - this.held;
    if (!this.#isInteractive && free >= 2 * MTU) return;
    const read = this._buffer.subarray(0, this.held);
    this._buffer = this._buffer.subarray(this.held);
    if (this._buffer.length < 2_048) this._buffer = Buffer.alloc(BUFFER_BYTES);
    this.held = 0;
    this.handed.push(read.length);
    this.push(read);
  }

  override _read(): void {
    // What arrives is pushed.
  }
}

function guarded() {
  const raw = new FakeUdx();
  const stream = new NoiseSecretStream(false, raw);
  stream.on("error", () => undefined);
  const clock = createManualClock();
  readLargely(stream, clock);
  return { raw, clock };
}

test("packets of a long frame are handed over together, once a frame came fast", () => {
  const { raw } = guarded();
  raw.arrive(START);
  raw.arrive(frame(LARGE));
  const before = raw.handed.length;
  expect(before).toBeGreaterThan(LARGE / PACKET_BYTES);
  raw.arrive(frame(LARGE));
  expect(raw.handed.length - before).toBeLessThan(LARGE / PACKET_BYTES / 2);
  expect(Math.max(...raw.handed)).toBeGreaterThan(60_000);
});

test("nothing is held back once a frame is there, whatever comes in one packet", () => {
  const { raw } = guarded();
  raw.arrive(START);
  raw.arrive(frame(LARGE));
  let bytes = Buffer.alloc(0);
  for (const length of [
    LARGE,
    0,
    1,
    LARGE - 700,
    66_000,
    131_072,
    140_000,
    5,
    LARGE * 3,
  ]) {
    bytes = Buffer.concat([bytes, frame(length)]);
    // Alone, and at the end of all before it.
    raw.arrive(frame(length));
    expect(raw.held).toBe(0);
    raw.arrive(bytes);
    expect(raw.held).toBe(0);
  }
});

test("over a slow line each packet is handed over as it comes", () => {
  const { raw, clock } = guarded();
  raw.arrive(START);
  for (let at = 0; at < 3; at++) {
    const bytes = frame(LARGE);
    raw.arrive(bytes.subarray(0, LARGE / 2));
    clock.advance(1_000);
    raw.arrive(bytes.subarray(LARGE / 2));
  }
  expect(Math.max(...raw.handed)).toBeLessThanOrEqual(PACKET_BYTES);
});

test("a line whose first frame was missed is left as it is", () => {
  const { raw } = guarded();
  for (let at = 0; at < 4; at++) raw.arrive(frame(LARGE));
  expect(Math.max(...raw.handed)).toBeLessThanOrEqual(PACKET_BYTES);
});
