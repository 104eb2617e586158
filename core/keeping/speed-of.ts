/** The past counts half as much after each look. */
const KEEP = 0.5;
/** Below this nothing is said to move. */
const STILL = 100;

/** How fast a number grows, smoothed, a second. */
export class SpeedOf {
  readonly #total: () => number;
  #before = 0;
  #at: number | null = null;
  #speed = 0;

  constructor(total: () => number) {
    this.#total = total;
  }

  /** Whole; 0 when nothing moves. */
  get value(): number {
    return this.#speed < STILL ? 0 : Math.round(this.#speed);
  }

  /** Looks at the number; `now` in milliseconds of a clock that never goes back. */
  look(now: number): void {
    const total = this.#total();
    if (this.#at !== null && now > this.#at) {
      const speed = ((total - this.#before) * 1000) / (now - this.#at);
      this.#speed = this.#speed * KEEP + speed * (1 - KEEP);
    }
    this.#before = total;
    this.#at = now;
  }
}
