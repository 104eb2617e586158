import type { Clock } from "#core/base/clock.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";

/** What may pass at once after a rest, in milliseconds of the rate. */
const BURST_MS = 250;

/** Who has waited this long passes, whoever else there is. */
const PATIENCE_MS = 2_000;

interface Waiting {
  /** Passes; answers the bytes it takes. */
  readonly pass: () => number;
  readonly rank: (() => number) | null;
  readonly since: number;
}

/**
 * A token bucket: what passes takes bytes, and the next waits until the rate
 * has made up for them. Something larger than the bucket passes when the bucket
 * is not empty and leaves a debt, so that in the long run the rate is exact.
 */
export class RateLimit {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();
  readonly #shut = new Set<string>();
  readonly #changed = createTrigger();
  /** Bytes a second; null lets everything pass. */
  #rate: number | null = null;
  #balance = 0;
  #at = 0;
  #cancelTimer: (() => void) | null = null;
  #counted = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get rate(): number | null {
    return this.#rate;
  }

  /** Whether everything passes at once; fires through `changed` when that is otherwise. */
  get isOpen(): boolean {
    return this.#rate === null && this.#shut.size === 0;
  }

  /** Fires when it opens, or is open no more. */
  get changed(): Signal {
    return this.#changed;
  }

  /** Bytes that were counted so far. */
  get counted(): number {
    return this.#counted;
  }

  /** Sets the rate in bytes a second; null for none. Holds from now on, for what waits too. */
  setRate(rate: number | null): void {
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#balance = 0;
    this.#at = this.#clock.monotonic();
    this.#run();
    this.#changed.fire();
  }

  /** Lets nothing pass while there is any reason not to. */
  setShut(reason: string, isShut: boolean): void {
    if (isShut) this.#shut.add(reason);
    else this.#shut.delete(reason);
    this.#run();
    this.#changed.fire();
  }

  /**
   * Puts something in line. `pass` is called once, perhaps at once; the answer
   * takes it out of the line. Where ranks are given, the lowest passes first.
   */
  enter(pass: () => number, rank: (() => number) | null = null): () => void {
    const since = this.#clock.monotonic();
    const waiting: Waiting = { pass, rank, since };
    this.#waiting.add(waiting);
    this.#run();
    return () => {
      this.#waiting.delete(waiting);
    };
  }

  /** Counts what really passed, and makes up for what was taken for it. */
  count(bytes: number, taken: number): void {
    this.#counted += bytes;
    if (this.#rate === null || bytes === taken) return;
    this.#balance -= bytes - taken;
    if (bytes < taken) this.#run();
  }

  /** Lets everything that waits pass: nobody is to wait for ever on what is closed. */
  close(): void {
    this.#shut.clear();
    this.setRate(null);
    this.#run();
  }

  #run(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    for (;;) {
      const waiting = this.#next();
      if (waiting === null || this.#shut.size > 0) return;
      const waitMs = this.#waitMs();
      if (waitMs > 0) {
        this.#cancelTimer = this.#clock.after(waitMs, () => {
          this.#run();
        });
        return;
      }
      this.#waiting.delete(waiting);
      const bytes = waiting.pass();
      if (this.#rate !== null) this.#balance -= bytes;
    }
  }

  #next(): Waiting | null {
    const [first = null] = this.#waiting;
    if (first === null || first.rank === null) return first;
    if (this.#clock.monotonic() - first.since >= PATIENCE_MS) return first;
    let next = first;
    let least = first.rank();
    for (const waiting of this.#waiting) {
      const rank = waiting.rank?.() ?? 0;
      if (rank < least) {
        least = rank;
        next = waiting;
      }
    }
    return next;
  }

  /** How long until there is something in the bucket. */
  #waitMs(): number {
    const rate = this.#rate;
    if (rate === null) return 0;
    const now = this.#clock.monotonic();
    const most = Math.max(1, (rate * BURST_MS) / 1000);
    this.#balance = Math.min(
      most,
      this.#balance + (rate * (now - this.#at)) / 1000,
    );
    this.#at = now;
    if (this.#balance >= 1) return 0;
    return Math.max(1, Math.ceil(((1 - this.#balance) * 1000) / rate));
  }
}
