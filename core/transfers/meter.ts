/** The shown speed forgets half of the past in this time. */
const SPEED_HALF_LIFE_MS = 3_000;
/** The time left is made from a calmer speed, so that it does not jump. */
const LEFT_HALF_LIFE_MS = 10_000;
/** Before this much time went by, nothing can be told. */
const SETTLE_MS = 5_000;
/** Below this many bytes a second nothing is said to move. */
const STILL = 1;
/** A shorter time tells nothing of a speed. */
const LEAST_MS = 50;

/** Measures how fast bytes come: smoothed, in bytes a second. */
export class Meter {
  readonly #startedAt: number;
  readonly #shown = new Average(SPEED_HALF_LIFE_MS);
  readonly #calm = new Average(LEFT_HALF_LIFE_MS);
  #at: number;
  #bytes = 0;

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
    const speed = this.#shown.value;
    return speed < STILL ? 0 : Math.round(speed);
  }

  /** Seconds until `left` bytes have come; null while it cannot be told. */
  secondsLeft(left: number, now: number): number | null {
    this.#take(now);
    const speed = this.#calm.value;
    if (now - this.#startedAt < SETTLE_MS || speed < STILL) return null;
    return Math.round(left / speed);
  }

  #take(now: number): void {
    const passed = now - this.#at;
    if (passed < LEAST_MS) return;
    const speed = (this.#bytes * 1000) / passed;
    this.#shown.add(speed, passed);
    this.#calm.add(speed, passed);
    this.#bytes = 0;
    this.#at = now;
  }
}

/** A mean in which the past counts less the longer ago it is. */
class Average {
  readonly #halfLifeMs: number;
  #sum = 0;
  #weight = 0;

  constructor(halfLifeMs: number) {
    this.#halfLifeMs = halfLifeMs;
  }

  get value(): number {
    return this.#weight === 0 ? 0 : this.#sum / this.#weight;
  }

  /** Adds a value that held for some time. */
  add(value: number, ms: number): void {
    const keep = 0.5 ** (ms / this.#halfLifeMs);
    this.#sum = this.#sum * keep + value * (1 - keep);
    this.#weight = this.#weight * keep + (1 - keep);
  }
}
