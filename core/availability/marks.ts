import type { Time } from "#core/contract/models.ts";

/**
 * What is known of one person and one content. Only `shown` and `given` are
 * copies; `said` is a claim, `caught` a claim that did not hold.
 */
export type How = "said" | "given" | "shown" | "caught";

export interface Mark {
  readonly how: How;
  /** When the day began on which this was seen. */
  readonly at: Time;
}

/** The order is the number on disk: only ever add at the end. */
const HOWS = ["said", "given", "shown", "caught"] as const;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Days are counted from 1 January 2026; 13 bits of them last until 2048. */
const FIRST_DAY = 20_454;
const DAYS = 0x1fff;

/** Two bytes: what was seen in the upper three bits, and on which day. 0 is nothing. */
export function encodeMark(how: How, now: Time): number {
  const day = Math.floor(now / DAY_MS) - FIRST_DAY;
  const within = Math.max(0, Math.min(DAYS, day));
  return ((HOWS.indexOf(how) + 1) << 13) | within;
}

export function decodeMark(value: number): Mark | null {
  const how = HOWS[(value >> 13) - 1];
  if (how === undefined) return null;
  return { how, at: ((value & DAYS) + FIRST_DAY) * DAY_MS };
}

/** Whether a mark is a copy that was proved. */
export function isProof(value: number): boolean {
  const how = value >> 13;
  return how === 2 || how === 3;
}

/** Whether a mark is a word that nobody checked. */
export function isClaim(value: number): boolean {
  return value >> 13 === 1;
}

/**
 * What a mark becomes when something new is seen. A word takes nothing away from
 * a proof and does not clear who was caught; a proof does.
 */
export function nextMark(before: number, how: How, now: Time): number {
  if (how === "said" && before !== 0) return before;
  // What was checked today says more than what was given today.
  if (how === "given" && before === encodeMark("shown", now)) return before;
  return encodeMark(how, now);
}
