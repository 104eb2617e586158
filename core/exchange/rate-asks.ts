import { CHUNK_MIN_BYTES } from "#core/contract/limits.ts";
import type { RateLimit } from "./rate.ts";

/** Something asked for, which settles exactly once. */
interface Settling<Outcome> {
  settle(outcome: Outcome | "lack" | "gone"): void;
}

/** Whoever is asked, over a line or a lane. */
interface Asked<Ask> {
  readonly room: number;
  ask(asks: readonly Ask[]): void;
  cancel(asks: readonly Ask[]): void;
}

/** Asks on their way to somebody, no faster than a limit allows. */
export class LimitedAsks<Outcome, Ask extends Settling<Outcome>> {
  readonly #remote: Asked<Ask>;
  readonly #down: RateLimit;
  readonly #bytesOf: (ask: Ask, outcome: Outcome | "lack" | "gone") => number;
  /** What was handed on, for each ask that was made here. */
  readonly #asked = new Map<Ask, Ask>();
  /** Asks in line, and how to take them out. */
  readonly #queued = new Map<Ask, () => void>();
  #isClosed = false;

  /** `bytesOf`: what an ask brought, from how it settled. */
  constructor(
    remote: Asked<Ask>,
    down: RateLimit,
    bytesOf: (ask: Ask, outcome: Outcome | "lack" | "gone") => number,
  ) {
    this.#remote = remote;
    this.#down = down;
    this.#bytesOf = bytesOf;
  }

  get room(): number {
    return Math.max(0, this.#remote.room - this.#queued.size);
  }

  ask(asks: readonly Ask[]): void {
    if (this.#isClosed || this.#down.isOpen) {
      this.#remote.ask(asks.map((ask) => this.#counted(ask, 0)));
      return;
    }
    for (const ask of asks) {
      // It may pass at once, before there is anything to take out.
      let hasPassed = false;
      const leave = this.#down.enter(() => {
        hasPassed = true;
        this.#queued.delete(ask);
        this.#remote.ask([this.#counted(ask, CHUNK_MIN_BYTES)]);
        return CHUNK_MIN_BYTES;
      });
      if (!hasPassed) this.#queued.set(ask, leave);
    }
  }

  cancel(asks: readonly Ask[]): void {
    const under = asks.flatMap((ask) => this.#asked.get(ask) ?? []);
    const spared = asks.filter((ask) => this.#leave(ask));
    if (under.length > 0) this.#remote.cancel(under);
    // Whoever cancels does not expect it to settle before the call is over.
    queueMicrotask(() => {
      for (const ask of spared) ask.settle("lack");
    });
  }

  /** The line is gone: what was still in line settles so. */
  close(): void {
    this.#isClosed = true;
    for (const ask of [...this.#queued.keys()])
      if (this.#leave(ask)) ask.settle("gone");
  }

  #leave(ask: Ask): boolean {
    this.#queued.get(ask)?.();
    return this.#queued.delete(ask);
  }

  #counted(ask: Ask, taken: number): Ask {
    const asked: Ask = {
      ...ask,
      settle: (outcome: Outcome | "lack" | "gone") => {
        this.#asked.delete(ask);
        this.#down.count(this.#bytesOf(ask, outcome), taken);
        ask.settle(outcome);
      },
    };
    this.#asked.set(ask, asked);
    return asked;
  }
}
