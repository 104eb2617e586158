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

/**
 * The topics to use now: today's, and near midnight the neighbouring day's, so
 * that two clocks an hour apart still meet.
 */
export function topicsAt(readKey: Buffer, now: number): Buffer[] {
  const margin = 60 * 60 * 1000;
  const days = new Set([dayOf(now - margin), dayOf(now), dayOf(now + margin)]);
  return [...days].map((day) => topicOf(readKey, day));
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
