import type { Verified } from "./fetch-batch.ts";
import type { Pack } from "./fetch-bulk.ts";
import type { Lane, Priority, Wanted } from "./fetch-lane.ts";
import type { Seeker } from "./fetch-sources.ts";
import type { Content } from "#core/files/model.ts";

/** Whoever wants contents in one chunk. */
export interface Receiver {
  /** Verified contents; the promise ends when their bytes are out of memory. */
  deliver(verified: readonly Verified[]): Promise<void>;
  /** Sources of something it wants came or went. */
  sourcesChanged(): void;
}

/** One content in one chunk that is wanted. There are thousands: it holds little. */
export class SmallJob implements Seeker {
  readonly content: Content;
  readonly receivers = new Set<Receiver>();
  priority: Priority;
  /** Where it is asked for by itself, without those that have stalled. */
  readonly open: { readonly lane: Lane; readonly wanted: Wanted }[] = [];
  /** The pack it is asked for in, unless that has stalled. */
  pack: Pack | null = null;
  isDone = false;
  readonly #banned: Lane[] = [];
  readonly #found: (job: SmallJob, lane: Lane) => void;

  constructor(
    content: Content,
    priority: Priority,
    found: (job: SmallJob, lane: Lane) => void,
  ) {
    this.content = content;
    this.priority = priority;
    this.#found = found;
  }

  /** Whether it may be asked of this lane now. */
  mayAsk(lane: Lane): boolean {
    const isAsked = this.open.length > 0 || this.pack !== null;
    return !this.isDone && !isAsked && !this.isBanned(lane);
  }

  isBanned(lane: Lane): boolean {
    return this.#banned.includes(lane);
  }

  /** It is not asked of this lane again. */
  ban(lane: Lane): void {
    this.#banned.push(lane);
  }

  /** It is no longer asked of this lane by itself. */
  closed(lane: Lane): void {
    const at = this.open.findIndex((it) => it.lane === lane);
    if (at !== -1) this.open.splice(at, 1);
  }

  sourceFound(lane: Lane): void {
    this.#found(this, lane);
    this.sourceLost();
  }

  sourceLost(): void {
    for (const receiver of this.receivers) receiver.sourcesChanged();
  }
}
