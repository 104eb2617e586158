import type { FileRoot } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Ask, Outcome, Remote } from "#core/exchange/exchange-remote.ts";
import { BulkRoute, type BulkWanted, type Pack } from "./fetch-bulk.ts";
import { FetchWindow } from "./fetch-window.ts";
import type { Held, Part } from "#core/exchange/wire.ts";

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
  /** Given when it may come over the bulk lane. */
  readonly bulk?: BulkWanted | null;
}

/** Something that wants parts. */
export interface Work {
  readonly priority: Priority;
  /** Whether it is much, and worth a bulk lane; what a person waits for takes the line all the same. */
  readonly isBulk?: boolean;
  /** The next part to ask this lane for; null when there is none now: `offer` the work again when there is. */
  take(lane: Lane): Wanted | null;
  /** As `take`, for at most so many contents that a bulk lane brings together. */
  takePack?(lane: Lane, most: number): Pack | null;
}

interface Open extends Ask {
  readonly wanted: Wanted;
  readonly askedAt: number;
}

/** What is asked for next; a null lane is the line. */
type Next =
  | {
      readonly wanted: Wanted;
      readonly isUrgent: boolean;
      readonly bulk: BulkRoute | null;
    }
  | { readonly pack: Pack; readonly bulk: BulkRoute };

/** What a person waits for is asked for beyond the window too: it must not wait for what was asked before. */
const URGENT_BYTES = 1024 * 1024;
/**
 * So much is asked for together once there is room for it: a message for each
 * chunk costs both ends as much as proving one.
 */
const TOGETHER_BYTES = 1024 * 1024;
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
  /** The faster way, while it stands. */
  #bulk: BulkRoute | null = null;
  readonly #endBulk: () => void;

  constructor(remote: Remote, clock: Clock, logger: Logger) {
    this.remote = remote;
    this.#clock = clock;
    this.#logger = logger;
    const { bulk } = remote;
    const follow = (): void => {
      const up = bulk?.up.peek() ?? null;
      const freed = (): void => {
        this.#pumpSoon();
      };
      this.#bulk = up === null ? null : new BulkRoute(up, clock, logger, freed);
      this.#pumpSoon();
    };
    this.#endBulk = bulk?.up.subscribe(follow) ?? (() => undefined);
    if (bulk !== undefined) follow();
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
    return this.#open.size === 0 && this.#bulk?.isIdle !== false;
  }

  /** Puts a work in line for this source; asking begins when the present task is done. */
  offer(work: Work): void {
    if (this.#isClosed) return;
    this.#ready[work.priority].add(work);
    if (takesBulk(work)) this.remote.bulk?.want();
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
    this.#bulk?.cancel(wanted);
  }

  /** Looks for a stall; to be called every second or so. */
  check(): void {
    this.#bulk?.check(STALL_MS);
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
    this.#endBulk();
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
    this.#wasFull = false;
    for (;;) {
      const next = this.#next(this.remote.room - asks.length);
      if (next === null) break;
      if ("pack" in next) {
        next.bulk.addPack(next.pack);
        continue;
      }
      const { wanted, isUrgent, bulk } = next;
      const { bulk: byBulk = null } = wanted;
      if (bulk !== null && byBulk !== null) {
        bulk.add(wanted, byBulk);
        continue;
      }
      const ask = this.#askFor(wanted, isUrgent, askedAt);
      this.#open.set(wanted, ask);
      this.#inFlightBytes += wanted.size;
      asks.push(ask);
    }
    if (asks.length > 0) this.remote.ask(asks);
    this.#bulk?.send();
  }

  /** What to ask for next and the way it takes; works whose way is full are passed over. */
  #next(room: number): Next | null {
    for (const priority of PRIORITIES)
      for (const work of this.#ready[priority]) {
        const isUrgent = priority === "now";
        const isPacked = !isUrgent && "takePack" in work;
        const packs =
          isPacked && this.#bulk?.takesPacks === true ? this.#bulk : null;
        const bulk = packs ?? (takesBulk(work) ? this.#bulk : null);
        if (bulk?.isFull ?? this.#isFull(room, isUrgent)) continue;
        if (packs !== null) {
          const pack = work.takePack?.(this, packs.room) ?? null;
          if (pack !== null) return { pack, bulk: packs };
        } else {
          const wanted = work.take(this);
          if (wanted !== null) return { wanted, isUrgent, bulk };
        }
        this.#ready[priority].delete(work);
      }
    return null;
  }

  #isFull(room: number, isUrgent: boolean): boolean {
    if (room <= 0) return true;
    const beyond = isUrgent ? URGENT_BYTES : 0;
    const isFull = this.#inFlightBytes >= this.#window.bytes + beyond;
    if (isFull) this.#wasFull = true;
    return isFull;
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
    const { bytes: window } = this.#window;
    const room = window - this.#inFlightBytes;
    const isWorthIt = room >= Math.min(TOGETHER_BYTES, window / 4);
    if (isWorthIt || this.#ready.now.size > 0) this.#pumpSoon();
  }
}

function takesBulk({ isBulk = false, priority }: Work): boolean {
  return isBulk && priority !== "now";
}
