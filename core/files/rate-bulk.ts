import { createState, type State } from "#core/base/state.ts";
import { CHUNK_MIN_BYTES } from "#core/contract/limits.ts";
import type { BulkAsk, BulkRemote } from "./bulk-asking.ts";
import type { BulkLane } from "./exchange-remote.ts";
import type { RateLimit } from "./rate.ts";

/** A bulk lane that is asked no faster than a limit allows. */
export class LimitedBulk implements BulkLane {
  readonly #lane: BulkLane;
  readonly #down: RateLimit;
  readonly #up = createState<LimitedAsks | null>(null);
  readonly #unsubscribe: () => void;

  constructor(lane: BulkLane, down: RateLimit) {
    this.#lane = lane;
    this.#down = down;
    this.#unsubscribe = lane.up.subscribe(() => {
      this.#follow();
    });
    this.#follow();
  }

  get up(): State<BulkRemote | null> {
    return this.#up;
  }

  want(): void {
    this.#lane.want();
  }

  close(): void {
    this.#unsubscribe();
    this.#set(null);
  }

  #follow(): void {
    const up = this.#lane.up.peek();
    this.#set(up === null ? null : new LimitedAsks(up, this.#down));
  }

  #set(next: LimitedAsks | null): void {
    const before = this.#up.peek();
    this.#up.set(next);
    before?.close();
  }
}

/** As `LimitedRemote` does with what is asked over the line. */
class LimitedAsks implements BulkRemote {
  readonly #remote: BulkRemote;
  readonly #down: RateLimit;
  /** What was handed on, for each ask that was made here. */
  readonly #asked = new Map<BulkAsk, BulkAsk>();
  /** Asks in line, and how to take them out. */
  readonly #queued = new Map<BulkAsk, () => void>();
  #isClosed = false;

  constructor(remote: BulkRemote, down: RateLimit) {
    this.#remote = remote;
    this.#down = down;
  }

  get room(): number {
    return Math.max(0, this.#remote.room - this.#queued.size);
  }

  ask(asks: readonly BulkAsk[]): void {
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

  cancel(asks: readonly BulkAsk[]): void {
    const under = asks.flatMap((ask) => this.#asked.get(ask) ?? []);
    const spared = asks.filter((ask) => this.#leave(ask));
    if (under.length > 0) this.#remote.cancel(under);
    // Whoever cancels does not expect it to settle before the call is over.
    queueMicrotask(() => {
      for (const ask of spared) ask.settle("lack");
    });
  }

  /** The lane is gone: what was still in line settles so. */
  close(): void {
    this.#isClosed = true;
    for (const ask of [...this.#queued.keys()])
      if (this.#leave(ask)) ask.settle("gone");
  }

  #leave(ask: BulkAsk): boolean {
    this.#queued.get(ask)?.();
    return this.#queued.delete(ask);
  }

  #counted(ask: BulkAsk, taken: number): BulkAsk {
    const asked: BulkAsk = {
      ...ask,
      settle: (outcome) => {
        this.#asked.delete(ask);
        this.#down.count(outcome === "written" ? ask.size : 0, taken);
        ask.settle(outcome);
      },
    };
    this.#asked.set(ask, asked);
    return asked;
  }
}
