import type NoiseSecretStream from "@hyperswarm/secret-stream";
import type { Clock } from "#core/base/clock.ts";

const LENGTH_BYTES = 3;
/** The frame that starts encryption, the first on a line: an id of 32 bytes and a header of 24. */
const START_FRAME_BYTES = 56;
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
  let length = 0;
  let lengthRead = 0;
  let missing = 0;
  let startedAt = 0;

  function follow(bytes: Uint8Array): void {
    let offset = 0;
    while (offset < bytes.length) {
      if (missing > 0) {
        const step = Math.min(missing, bytes.length - offset);
        missing -= step;
        offset += step;
      } else {
        length += (bytes[offset] ?? 0) * 256 ** lengthRead;
        offset += 1;
        lengthRead += 1;
        if (lengthRead < LENGTH_BYTES) continue;
        missing = length;
        if (length >= LARGE_BYTES) startedAt = clock.monotonic();
      }
      if (missing === 0) ended();
    }
  }

  function ended(): void {
    isFirst = false;
    if (length >= LARGE_BYTES) {
      const ms = clock.monotonic() - startedAt;
      isFast = length >= ms * FAST_BYTES_PER_MS;
    }
    length = 0;
    lengthRead = 0;
  }

  function choose({ _buffer }: UdxStream): void {
    const isWorthIt = isFast && length >= LARGE_BYTES;
    const wish = isWorthIt && missing >= _buffer.byteLength;
    if (wish === isLarge) return;
    isLarge = wish;
    // The library's own test is the wrong way round: it lets closed streams alone do it.
    setInteractive.call({ _closed: true, _handle }, !wish);
  }

  raw.push = (bytes) => {
    if (bytes !== null) {
      follow(bytes);
      // We came too late to count frames on this line.
      if (isFirst && missing > START_FRAME_BYTES) raw.push = push;
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
