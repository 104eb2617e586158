import type { FileRoot } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Ask, Outcome, Remote } from "./exchange-remote.ts";
import { FetchWindow } from "./fetch-window.ts";
import type { Held, Part } from "./wire.ts";

/** What comes first: something a person waits for, something asked for, or the rest. */
export const PRIORITIES = ["now", "soon", "later"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** A part to be asked for on one lane. */
export interface Wanted {
  readonly part: Part;
  /** Bytes expected. */
  readonly size: number;
  /** Called once. Its promise, when it gives one, ends when the bytes are out of memory. */
  settle(outcome: Outcome): Promise<void> | null;
  /** The answer is long overdue: it may be asked for elsewhere too. */
  stalled(): void;
}

/** Something that wants parts. */
export interface Work {
  readonly priority: Priority;
  /** The next part to ask this lane for; null when there is none now: `offer` the work again when there is. */
  take(lane: Lane): Wanted | null;
}

interface Open extends Ask {
  readonly wanted: Wanted;
  readonly askedAt: number;
}

/** What a person waits for is asked for beyond the window too: it must not wait for what was asked before. */
const URGENT_BYTES = 1024 * 1024;
/** A source that answers nothing for this long is not counted on. */
const STALL_MS = 10_000;

/** One source and what is asked of it, never more at once than its window. */
export class Lane {
  readonly remote: Remote;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #window = new FetchWindow();
  readonly #held = new Map<FileRoot, Held>();
  readonly #ready: Readonly<Record<Priority, Set<Work>>> = {
    now: new Set(),
    soon: new Set(),
    later: new Set(),
  };
  readonly #open = new Map<Wanted, Open>();
  #inFlightBytes = 0;
  /** Whether the window held the last asking back. */
  #wasFull = false;
  #heardAt = 0;
  #isStalled = false;
  #isPumping = false;
  #isClosed = false;

  constructor(remote: Remote, clock: Clock, logger: Logger) {
    this.remote = remote;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** What this source said it holds; undefined while unknown. */
  holds(root: FileRoot): Held | undefined {
    return this.#held.get(root);
  }

  setHolds(root: FileRoot, held: Held): void {
    this.#held.set(root, held);
  }

  forget(root: FileRoot): void {
    this.#held.delete(root);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get isStalled(): boolean {
    return this.#isStalled;
  }

  get isIdle(): boolean {
    return this.#open.size === 0;
  }

  /** Puts a work in line for this source; asking begins when the present task is done. */
  offer(work: Work): void {
    if (this.#isClosed) return;
    this.#ready[work.priority].add(work);
    this.#pumpSoon();
  }

  withdraw(work: Work): void {
    this.#ready[work.priority].delete(work);
  }

  /** Asks the source to spare us these; they settle all the same. */
  cancel(wanted: readonly Wanted[]): void {
    const asks: Ask[] = [];
    for (const it of wanted) {
      const open = this.#open.get(it);
      if (open !== undefined) asks.push(open);
    }
    if (asks.length > 0) this.remote.cancel(asks);
  }

  /** Looks for a stall; to be called every second or so. */
  check(): void {
    if (this.#open.size === 0 || this.#isStalled) return;
    const now = this.#clock.monotonic();
    const [oldest] = this.#open.values();
    const since = Math.max(this.#heardAt, oldest?.askedAt ?? now);
    if (now - since < STALL_MS) return;
    this.#isStalled = true;
    for (const { wanted } of [...this.#open.values()]) wanted.stalled();
  }

  close(): void {
    this.#isClosed = true;
    for (const set of Object.values(this.#ready)) set.clear();
  }

  #pumpSoon(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    queueMicrotask(() => {
      this.#isPumping = false;
      try {
        this.#pump();
      } catch (error) {
        this.#logger.bug(error, "files lane");
      }
    });
  }

  #pump(): void {
    if (this.#isClosed || this.#isStalled) return;
    const asks: Open[] = [];
    const askedAt = this.#clock.monotonic();
    while (asks.length < this.remote.room) {
      const next = this.#next();
      this.#wasFull = next === "full";
      if (next === null || next === "full") break;
      const ask = this.#askFor(next.wanted, next.isUrgent, askedAt);
      this.#open.set(next.wanted, ask);
      this.#inFlightBytes += next.wanted.size;
      asks.push(ask);
    }
    if (asks.length > 0) this.remote.ask(asks);
  }

  #next(): { wanted: Wanted; isUrgent: boolean } | "full" | null {
    for (const priority of PRIORITIES)
      for (const work of this.#ready[priority]) {
        const beyond = priority === "now" ? URGENT_BYTES : 0;
        if (this.#inFlightBytes >= this.#window.bytes + beyond) return "full";
        const wanted = work.take(this);
        if (wanted !== null) return { wanted, isUrgent: priority === "now" };
        this.#ready[priority].delete(work);
      }
    return null;
  }

  #askFor(wanted: Wanted, isUrgent: boolean, askedAt: number): Open {
    return {
      part: wanted.part,
      isUrgent,
      wanted,
      askedAt,
      settle: (outcome) => {
        this.#settled(wanted, outcome);
      },
    };
  }

  #settled(wanted: Wanted, outcome: Outcome): void {
    const open = this.#open.get(wanted);
    if (open === undefined) return;
    this.#open.delete(wanted);
    this.#heardAt = this.#clock.monotonic();
    this.#isStalled = false;
    if (Buffer.isBuffer(outcome))
      this.#window.answered(
        this.#heardAt - open.askedAt,
        outcome.byteLength,
        this.#wasFull,
      );
    const used = wanted.settle(outcome);
    if (used === null) this.#free(wanted.size);
    else
      this.#logger.background(
        "files fetch",
        used.finally(() => {
          this.#free(wanted.size);
        }),
      );
  }

  #free(bytes: number): void {
    this.#inFlightBytes -= bytes;
    this.#pumpSoon();
  }
}
