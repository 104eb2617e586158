import { blake2b } from "#core/spaces/hash.ts";
import { dayOf } from "#core/spaces/topics.ts";

/** Requests that wait at one invite and day; more people than that ask when both are there. */
export const SLOTS = 8;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Days whose notes may still be there: a DHT keeps them for two. The oldest first:
 * who has waited longest is answered first.
 */
export function daysToRead(now: number): readonly number[] {
  return [-2, -1, 0].map((days) => dayOf(now + days * DAY_MS));
}

export function dayToWrite(now: number): number {
  return dayOf(now);
}

/** Where a request for an invite waits on one day: known to whoever has the link (IN5). */
export function requestPlace(
  readKey: Buffer,
  day: number,
  slot: number,
): Buffer {
  return place("parked-request", readKey, [day, slot]);
}

/** Where its answer waits: known to the inviter and to whoever asked. */
export function answerPlace(reply: Buffer, day: number): Buffer {
  return place("parked-answer", reply, [day]);
}

function place(what: string, key: Buffer, numbers: readonly number[]): Buffer {
  const parts = numbers.map((number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(number));
    return bytes;
  });
  return blake2b(32, [Buffer.from(`commonplace/1/${what}`), ...parts], key);
}
