import type { Clock } from "./clock.ts";

const LOOK_MS = 5_000;
/** A look that comes this much late: the computer slept, or the process was stopped. */
const LATE_MS = 10_000;

/**
 * Calls back soon after the computer woke up. Nobody tells a process without a
 * desktop; but its wall clock has moved on further than its timers, or the timers
 * stood still with everything else. The answer stops it.
 */
export function watchSleep(clock: Clock, onWake: () => void): () => void {
  let wall = clock.now();
  let steady = clock.monotonic();
  return clock.every(LOOK_MS, () => {
    const late = Math.max(
      clock.now() - wall - LOOK_MS,
      clock.monotonic() - steady - LOOK_MS,
    );
    wall = clock.now();
    steady = clock.monotonic();
    if (late >= LATE_MS) onWake();
  });
}
