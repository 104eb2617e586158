/** The shown speed forgets half of the past in this time. */
const SPEED_HALF_LIFE_MS = 3_000;
/** The time left is made from a calmer speed, so that it does not jump. */
const LEFT_HALF_LIFE_MS = 10_000;
/** Before this much time went by, nothing can be told. */
const SETTLE_MS = 5_000;
/** Below this many bytes a second nothing is said to move. */
const STILL = 1;

/** Measures how fast bytes come: smoothed, in bytes a second. */
export class Meter {
  readonly #startedAt: number;
  #at: number;
  #bytes = 0;
  #speed = 0;
  #calm = 0;

  /** `now` in milliseconds of a clock that never goes back. */
  constructor(now: number) {
    this.#startedAt = now;
    this.#at = now;
  }

  /** Counts bytes that moved. */
  add(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Bytes a second, whole; 0 when nothing moves. */
  speed(now: number): number {
    this.#take(now);
    return this.#speed < STILL ? 0 : Math.round(this.#speed);
  }

  /** Seconds until `left` bytes have come; null while it cannot be told. */
  secondsLeft(left: number, now: number): number | null {
    this.#take(now);
    if (now - this.#startedAt < SETTLE_MS || this.#calm < STILL) return null;
    return Math.ceil(left / this.#calm);
  }

  #take(now: number): void {
    const passed = now - this.#at;
    // Looked at again within the same moment.
    if (passed < 50) return;
    const speed = (this.#bytes * 1000) / passed;
    const age = now - this.#startedAt;
    this.#speed = smooth(this.#speed, speed, passed, age, SPEED_HALF_LIFE_MS);
    this.#calm = smooth(this.#calm, speed, passed, age, LEFT_HALF_LIFE_MS);
    this.#bytes = 0;
    this.#at = now;
  }
}

/**
 * Weighs the new speed by the time it stands for. Until a half-life has passed
 * the past is no longer than `age`, so that the first speeds count in full.
 */
function smooth(
  old: number,
  speed: number,
  passed: number,
  age: number,
  halfLife: number,
): number {
  const keep = 0.5 ** (passed / Math.min(halfLife, Math.max(age, 1) / 2));
  return old * keep + speed * (1 - keep);
}
