import * as v from "valibot";
import { CLOCK_AHEAD_MS } from "#core/contract/limits.ts";
import type { Clock } from "#core/base/clock.ts";

/** A hybrid logical time: milliseconds, and a counter for what falls into one (EN3). */
export type HybridTime = readonly [ms: number, count: number];

export const hybridTimeSchema = v.pipe(
  v.strictTuple([
    v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 48 - 1)),
    v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 16 - 1)),
  ]),
  v.readonly(),
);

/** Orders two times; negative when `a` is earlier. */
export function compareTimes(a: HybridTime, b: HybridTime): number {
  return a[0] - b[0] || a[1] - b[1];
}

/**
 * Where a block stands that came after another in the same log: its own time,
 * or right behind the one before when its author's clock was set back.
 */
export function orderAfter(before: HybridTime, time: HybridTime): HybridTime {
  if (compareTimes(time, before) > 0) return time;
  return [before[0], before[1] + 1];
}

/**
 * Gives times that never go back and always follow what was seen from others,
 * so that an answer is later than what it answers whatever the clocks say (EN3).
 */
export class HybridClock {
  readonly #clock: Clock;
  #last: HybridTime = [0, 0];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(): HybridTime {
    const now = this.#clock.now();
    const [ms, count] = this.#last;
    if (now > ms) this.#last = [now, 0];
    else if (count < 2 ** 16 - 1) this.#last = [ms, count + 1];
    else this.#last = [ms + 1, 0];
    return this.#last;
  }

  /** Takes note of a time from elsewhere. A clock far ahead is not followed. */
  observe(time: HybridTime): void {
    if (time[0] > this.#clock.now() + CLOCK_AHEAD_MS) return;
    if (compareTimes(time, this.#last) > 0) this.#last = time;
  }
}
