import type { Clock } from "#core/base/clock.ts";

/** Things to do a while later, unless this is closed before. */
export class Linger {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #cancels = new Set<() => void>();

  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.#ms = ms;
  }

  later(task: () => void): void {
    const cancel = this.#clock.after(this.#ms, () => {
      this.#cancels.delete(cancel);
      task();
    });
    this.#cancels.add(cancel);
  }

  close(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }
}
