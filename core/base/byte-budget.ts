import type { Clock } from "./clock.ts";

/** Bytes that may be used over time: so many an hour, and not more than a part of it at once. */
export class ByteBudget {
  readonly #clock: Clock;
  readonly #hourly: number;
  readonly #most: number;
  #left: number;
  #at: number;

  constructor(clock: Clock, hourly: number, most: number) {
    this.#clock = clock;
    this.#hourly = hourly;
    this.#most = most;
    this.#left = most;
    this.#at = clock.monotonic();
  }

  /** Whether anything is left now. The last use may go beyond, and is paid back before the next. */
  get isOpen(): boolean {
    const now = this.#clock.monotonic();
    const gained = ((now - this.#at) / 3_600_000) * this.#hourly;
    this.#left = Math.min(this.#most, this.#left + gained);
    this.#at = now;
    return this.#left > 0;
  }

  use(bytes: number): void {
    this.#left -= bytes;
  }
}
