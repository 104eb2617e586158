import { createState, type State } from "#core/base/state.ts";
import type { BulkAsk, BulkRemote } from "./bulk-asking.ts";
import type { BulkOutcome } from "./bulk-messages.ts";
import type { BulkLane } from "./exchange-remote.ts";
import { LimitedAsks } from "./rate-asks.ts";
import type { RateLimit } from "./rate.ts";

type LaneAsks = LimitedAsks<BulkOutcome, BulkAsk>;

/** A bulk lane that is asked no faster than a limit allows. */
export class LimitedBulk implements BulkLane {
  readonly #lane: BulkLane;
  readonly #down: RateLimit;
  readonly #up = createState<LaneAsks | null>(null);
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
    this.#set(up === null ? null : limited(up, this.#down));
  }

  #set(next: LaneAsks | null): void {
    const before = this.#up.peek();
    this.#up.set(next);
    before?.close();
  }
}

function limited(up: BulkRemote, down: RateLimit): LaneAsks {
  return new LimitedAsks(up, down, (ask, outcome) =>
    outcome === "written" ? ask.size : 0,
  );
}
