import { createState, type State } from "#core/base/state.ts";
import type { BulkAsk, BulkRemote, PackAsk } from "./bulk-asking.ts";
import { PACK_OUTCOMES } from "./bulk-pack.ts";
import type { BulkOutcome } from "./bulk-messages.ts";
import type { BulkLane } from "./exchange-remote.ts";
import { LimitedAsks } from "./rate-asks.ts";
import type { RateLimit } from "./rate.ts";

/** A bulk lane that is asked no faster than a limit allows. */
export class LimitedBulk implements BulkLane {
  readonly #lane: BulkLane;
  readonly #down: RateLimit;
  readonly #up = createState<LimitedLane | null>(null);
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
    this.#set(up === null ? null : new LimitedLane(up, this.#down));
  }

  #set(next: LimitedLane | null): void {
    const before = this.#up.peek();
    this.#up.set(next);
    before?.close();
  }
}

const PROVED = PACK_OUTCOMES.indexOf("proved");

/** Packs are too much at once where there is a limit: then their contents take the line. */
class LimitedLane
  extends LimitedAsks<BulkOutcome, BulkAsk>
  implements BulkRemote
{
  readonly #up: BulkRemote;
  readonly #down: RateLimit;

  constructor(up: BulkRemote, down: RateLimit) {
    super(up, down, (ask, outcome) => (outcome === "written" ? ask.size : 0));
    this.#up = up;
    this.#down = down;
  }

  get takesPacks(): boolean {
    return this.#down.isOpen && this.#up.takesPacks;
  }

  askPack(pack: PackAsk): void {
    const { contents, size } = pack;
    this.#up.askPack({
      contents,
      size,
      settle: (result) => {
        let bytes = 0;
        for (const [at, one] of contents.entries())
          if (result.outcomes[at] === PROVED) bytes += one.size;
        this.#down.count(bytes, 0);
        pack.settle(result);
      },
    });
  }
}
