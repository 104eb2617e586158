import type { Clock } from "#core/base/clock.ts";

const FREE_MISSES = 3;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** Slows guessing at the keyboard down: after three misses waits of 1, 2, 4 … 60 s. */
export interface PasswordWait {
  /** Milliseconds until the next try counts; 0 when it may be made now. */
  left(): number;
  miss(): void;
  reset(): void;
}

export function createPasswordWait(clock: Clock): PasswordWait {
  let misses = 0;
  let until = -Infinity;
  return {
    left: () => Math.ceil(Math.max(0, until - clock.monotonic())),
    miss() {
      misses += 1;
      const beyond = misses - FREE_MISSES;
      if (beyond < 0) return;
      const wait = Math.min(FIRST_WAIT_MS * 2 ** beyond, LONGEST_WAIT_MS);
      until = clock.monotonic() + wait;
    },
    reset() {
      misses = 0;
      until = -Infinity;
    },
  };
}
