import { blake2b } from "./hash.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The number of a UTC day. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

/**
 * The topic a space is met on during one UTC day (ME2): keyed by the read key,
 * so that who sees topics go by learns nothing and cannot link two days.
 */
export function topicOf(readKey: Buffer, day: number): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(day));
  return blake2b(32, [Buffer.from("commonplace topic 1"), number], readKey);
}

/** So long before and after midnight both days count as today. */
const MIDNIGHT_MS = 15 * 60 * 1000;
/**
 * How far a clock may be off, either way: two hours, and an hour more, in which
 * everybody has come round to the topics beside.
 */
const WRONG_CLOCK_MS = 3 * 60 * 60 * 1000;

/** The topics of a space at one time (ME2). */
export interface TopicsNow {
  /** Of today. */
  readonly today: readonly Buffer[];
  /**
   * Of the day before or after, near midnight: where somebody is whose clock is
   * wrong. Of two such clocks, up to four hours apart, one always has as today's
   * what the other has among these or its own.
   */
  readonly beside: readonly Buffer[];
}

export function topicsAt(readKey: Buffer, now: number): TopicsNow {
  const around = (ms: number) =>
    new Set([dayOf(now - ms), dayOf(now), dayOf(now + ms)]);
  const today = around(MIDNIGHT_MS);
  const beside = [...around(WRONG_CLOCK_MS)].filter((day) => !today.has(day));
  const of = (day: number) => topicOf(readKey, day);
  return { today: [...today].map(of), beside: beside.map(of) };
}

/** Bytes of one tag (ME3). */
export const TAG_BYTES = 16;

/**
 * What one side of a line sends for a space it holds (ME3). Bound to the line's
 * handshake and to the role, so it is useless on any other line and cannot be
 * sent back as an answer.
 */
export function tagOf(
  readKey: Buffer,
  handshakeHash: Buffer,
  isInitiator: boolean,
): Buffer {
  const role = Buffer.from(isInitiator ? "initiator" : "responder");
  return blake2b(
    TAG_BYTES,
    [Buffer.from("commonplace tag 1"), handshakeHash, role],
    readKey,
  );
}
