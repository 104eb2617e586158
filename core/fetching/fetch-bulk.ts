import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type {
  BulkAsk,
  BulkFile,
  BulkRemote,
  PackAsk,
} from "#core/exchange/bulk-asking.ts";
import type { BulkOutcome } from "#core/exchange/bulk-messages.ts";
import type { PackResult } from "#core/exchange/bulk-pack.ts";
import type { Content } from "#core/files/model.ts";
import { FetchWindow } from "./fetch-window.ts";
import type { Part } from "#core/exchange/wire.ts";

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

/** Contents of one chunk each that come over a bulk lane together. */
export interface Pack {
  readonly contents: readonly Content[];
  /** Bytes expected of all. */
  readonly size: number;
  /** Called once. Its promise, when it gives one, ends when the bytes are out of memory. */
  settle(result: PackResult): Promise<void> | null;
  /** It is long overdue: what is in it may be asked for elsewhere too. */
  stalled(): void;
}

interface Open {
  readonly ask: BulkAsk;
  readonly askedAt: number;
}

/** What is asked of one source over its bulk lane, never more at once than its window. */
export class BulkRoute {
  readonly #remote: BulkRemote;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #freed: () => void;
  readonly #window = new FetchWindow(WINDOW_MAX_BYTES);
  readonly #open = new Map<Sized, Open>();
  /** With the time they were asked for; infinite once they have stalled. */
  readonly #packs = new Map<Pack, number>();
  #next: BulkAsk[] = [];
  #inFlightBytes = 0;
  #wasFull = false;

  /** `freed`: there is room to ask for more. */
  constructor(
    remote: BulkRemote,
    clock: Clock,
    logger: Logger,
    freed: () => void,
  ) {
    this.#remote = remote;
    this.#clock = clock;
    this.#logger = logger;
    this.#freed = freed;
  }

  get isIdle(): boolean {
    return this.#open.size === 0 && this.#packs.size === 0;
  }

  get takesPacks(): boolean {
    return this.#remote.takesPacks;
  }

  /** How many more may be asked for now. */
  get room(): number {
    return this.#remote.room - this.#next.length;
  }

  /** Whether nothing more can be asked for now. */
  get isFull(): boolean {
    this.#wasFull = this.#inFlightBytes >= this.#window.bytes;
    return this.#wasFull || this.room <= 0;
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

  /** Asks for a pack at once. */
  addPack(pack: Pack): void {
    const { contents, size } = pack;
    const askedAt = this.#clock.monotonic();
    this.#packs.set(pack, askedAt);
    this.#inFlightBytes += size;
    const settle: PackAsk["settle"] = (result) => {
      this.#packs.delete(pack);
      const afterMs = this.#clock.monotonic() - askedAt;
      this.#window.answered(afterMs, size, this.#wasFull);
      const free = (): void => {
        this.#inFlightBytes -= size;
        this.#freed();
      };
      const used = pack.settle(result);
      if (used === null) free();
      else this.#logger.background("files fetch", used.finally(free));
    };
    this.#remote.askPack({ contents, size, settle });
  }

  /** Looks for packs that were asked for so long ago; to be called every second or so. */
  check(stallMs: number): void {
    const since = this.#clock.monotonic() - stallMs;
    for (const [pack, askedAt] of this.#packs)
      if (askedAt < since) {
        this.#packs.set(pack, Number.POSITIVE_INFINITY);
        pack.stalled();
      }
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
