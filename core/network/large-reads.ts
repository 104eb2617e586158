import type NoiseSecretStream from "@hyperswarm/secret-stream";
import type { Clock } from "#core/base/clock.ts";
import { START_FRAME_BYTES, followFrames } from "./frames.ts";

/** Frames as large as two buffers of the library are worth it. */
const LARGE_BYTES = 128 * 1024;
/** A slower line hands over each packet: what listens for signs of life hears it often. */
const FAST_BYTES_PER_MS = 1024;

/** What is used of a UDX stream, of which no types are published. */
interface UdxStream {
  push: (bytes: Uint8Array | null) => boolean;
  /** What comes next is put here. */
  readonly _buffer: Uint8Array;
  readonly _handle: Uint8Array;
  readonly setInteractive: (isInteractive: boolean) => void;
}

/**
 * Has a UDX stream hand over a full buffer (64 KiB) instead of each packet of
 * 1.4 KB, while a frame is on its way that is longer than that. The library
 * means to do so by itself, and stops for good at the first packet in which one
 * frame ends and the next begins. Call it right after the stream was made, before
 * bytes arrive.
 *
 * A buffer is handed over only once it is full: so it is asked for only while
 * more of the frame is missing than it holds, and nothing ever waits in it for
 * bytes that nobody sends. That is decided inside of the call that hands over,
 * before the next packet is looked at.
 */
export function readLargely(stream: NoiseSecretStream, clock: Clock): void {
  const raw: unknown = stream.rawStream;
  if (!isUdxStream(raw)) return;
  const { push, setInteractive, _handle } = raw;
  let isFirst = true;
  let isLarge = false;
  let isFast = false;
  let startedAt = 0;
  const frames = followFrames(
    (length) => {
      if (length >= LARGE_BYTES) startedAt = clock.monotonic();
      return true;
    },
    (length) => {
      isFirst = false;
      if (length < LARGE_BYTES) return;
      const ms = clock.monotonic() - startedAt;
      isFast = length >= ms * FAST_BYTES_PER_MS;
    },
  );

  function choose({ _buffer }: UdxStream): void {
    const isWorthIt = isFast && frames.length >= LARGE_BYTES;
    const wish = isWorthIt && frames.missing >= _buffer.byteLength;
    if (wish === isLarge) return;
    isLarge = wish;
    // The library's own test is the wrong way round: it lets closed streams alone do it.
    setInteractive.call({ _closed: true, _handle }, !wish);
  }

  raw.push = (bytes) => {
    if (bytes !== null) {
      frames.read(bytes);
      // We came too late to count frames on this line.
      if (isFirst && frames.missing > START_FRAME_BYTES) raw.push = push;
      else choose(raw);
    }
    return push.call(raw, bytes);
  };
}

function isUdxStream(raw: unknown): raw is UdxStream {
  if (typeof raw !== "object" || raw === null) return false;
  return (
    typeof Reflect.get(raw, "push") === "function" &&
    typeof Reflect.get(raw, "setInteractive") === "function" &&
    Reflect.get(raw, "_buffer") instanceof Uint8Array &&
    Reflect.get(raw, "_handle") instanceof Uint8Array
  );
}
