import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { CHUNK_MIN_BYTES } from "#core/contract/limits.ts";
import type { Session } from "#core/spaces/session.ts";
import type { Ask, Outcome, Remote } from "./exchange-remote.ts";
import { LimitedBulk } from "./rate-bulk.ts";
import type { RateLimit } from "./rate.ts";
import type { Held } from "./wire.ts";

/** One end of a line that is asked no faster than a limit allows. */
export class LimitedRemote implements Remote {
  readonly #remote: Remote;
  readonly #down: RateLimit;
  readonly bulk: LimitedBulk | undefined;
  /** What was handed on, for each ask that was made here. */
  readonly #asked = new Map<Ask, Ask>();
  /** Asks in line, and how to take them out. */
  readonly #queued = new Map<Ask, () => void>();
  #isClosed = false;

  constructor(remote: Remote, down: RateLimit) {
    this.#remote = remote;
    this.#down = down;
    if (remote.bulk !== undefined)
      this.bulk = new LimitedBulk(remote.bulk, down);
  }

  get session(): Session {
    return this.#remote.session;
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
    const under: Ask[] = [];
    const spared: Ask[] = [];
    for (const ask of asks) {
      const asked = this.#asked.get(ask);
      if (asked !== undefined) under.push(asked);
      else if (this.#leave(ask)) spared.push(ask);
    }
    if (under.length > 0) this.#remote.cancel(under);
    // Whoever cancels does not expect it to settle before the call is over.
    queueMicrotask(() => {
      for (const ask of spared) ask.settle("lack");
    });
  }

  held(roots: readonly FileRoot[]): Promise<readonly Held[] | null> {
    return this.#remote.held(roots);
  }

  map(root: FileRoot): Promise<Buffer | null> {
    return this.#remote.map(root);
  }

  tell(spaces: readonly SpaceId[]): void {
    this.#remote.tell(spaces);
  }

  /** The line is gone: what was still in line settles so. */
  close(): void {
    this.#isClosed = true;
    this.bulk?.close();
    for (const ask of [...this.#queued.keys()])
      if (this.#leave(ask)) ask.settle("gone");
  }

  #leave(ask: Ask): boolean {
    const leave = this.#queued.get(ask);
    leave?.();
    return this.#queued.delete(ask);
  }

  #counted(ask: Ask, taken: number): Ask {
    const asked: Ask = {
      part: ask.part,
      isUrgent: ask.isUrgent,
      settle: (outcome: Outcome) => {
        this.#asked.delete(ask);
        const bytes = Buffer.isBuffer(outcome) ? outcome.byteLength : 0;
        this.#down.count(bytes, taken);
        ask.settle(outcome);
      },
    };
    this.#asked.set(ask, asked);
    return asked;
  }
}
