import type { Clock } from "#core/base/clock.ts";
import type { Remote } from "#core/exchange/exchange-remote.ts";

/** What is left alone for a while, for each line apart. */
export class Rests<What> {
  readonly #clock: Clock;
  #until = new WeakMap<Remote, Map<What, number>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isResting(remote: Remote, what: What): boolean {
    const until = this.#until.get(remote)?.get(what) ?? 0;
    return this.#clock.monotonic() < until;
  }

  rest(remote: Remote, what: What, ms: number): void {
    const resting = this.#until.get(remote) ?? new Map<What, number>();
    resting.set(what, this.#clock.monotonic() + ms);
    this.#until.set(remote, resting);
  }

  /** Nothing rests any more. */
  clear(): void {
    this.#until = new WeakMap();
  }
}
