import type { Clock } from "#core/base/clock.ts";
import type { BulkAsk, BulkFile, BulkRemote } from "./bulk-asking.ts";
import type { BulkOutcome } from "./bulk-messages.ts";
import { FetchWindow } from "./fetch-window.ts";
import type { Part } from "./wire.ts";

/** How something wanted is dealt with when it comes over a bulk lane. */
export interface BulkWanted {
  /** Where it is written. */
  readonly file: BulkFile;
  /** Called once, in place of the one for the line. */
  settle(outcome: BulkOutcome): void;
}

/**
 * Asked for and not yet dealt with on a bulk lane. Nothing waits behind it but
 * bulk, so it may be what the fastest network brings while this thread is busy.
 */
const WINDOW_MAX_BYTES = 64 * 1024 * 1024;

/** What is asked for, and the bytes expected. */
interface Sized {
  readonly part: Part;
  readonly size: number;
}

interface Open {
  readonly ask: BulkAsk;
  readonly askedAt: number;
}

/** What is asked of one source over its bulk lane, never more at once than its window. */
export class BulkRoute {
  readonly #remote: BulkRemote;
  readonly #clock: Clock;
  readonly #freed: () => void;
  readonly #window = new FetchWindow(WINDOW_MAX_BYTES);
  readonly #open = new Map<Sized, Open>();
  #next: BulkAsk[] = [];
  #inFlightBytes = 0;
  #wasFull = false;

  /** `freed`: there is room to ask for more. */
  constructor(remote: BulkRemote, clock: Clock, freed: () => void) {
    this.#remote = remote;
    this.#clock = clock;
    this.#freed = freed;
  }

  get isIdle(): boolean {
    return this.#open.size === 0;
  }

  /** Whether nothing more can be asked for now. */
  get isFull(): boolean {
    this.#wasFull = this.#inFlightBytes >= this.#window.bytes;
    return this.#wasFull || this.#next.length >= this.#remote.room;
  }

  /** Takes something to ask for; `send` asks. */
  add(wanted: Sized, bulk: BulkWanted): void {
    const ask: BulkAsk = {
      part: wanted.part,
      size: wanted.size,
      file: bulk.file,
      settle: (outcome) => {
        this.#settled(wanted, bulk, outcome);
      },
    };
    this.#open.set(wanted, { ask, askedAt: this.#clock.monotonic() });
    this.#inFlightBytes += wanted.size;
    this.#next.push(ask);
  }

  send(): void {
    if (this.#next.length === 0) return;
    const asks = this.#next;
    this.#next = [];
    this.#remote.ask(asks);
  }

  cancel(wanted: readonly Sized[]): void {
    const asks = wanted.flatMap((it) => this.#open.get(it)?.ask ?? []);
    if (asks.length > 0) this.#remote.cancel(asks);
  }

  #settled(wanted: Sized, bulk: BulkWanted, outcome: BulkOutcome): void {
    const open = this.#open.get(wanted);
    if (open === undefined) return;
    this.#open.delete(wanted);
    this.#inFlightBytes -= wanted.size;
    const afterMs = this.#clock.monotonic() - open.askedAt;
    if (outcome === "written")
      this.#window.answered(afterMs, wanted.size, this.#wasFull);
    bulk.settle(outcome);
    this.#freed();
  }
}
