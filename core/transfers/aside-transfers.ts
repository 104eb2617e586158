import type { SpaceId, TransferId } from "#core/contract/ids.ts";
import { CANCEL_UNDO_MS } from "#core/contract/limits.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Active } from "./transfer-report.ts";
import type { StoredTransfer } from "./transfer-store.ts";

interface Aside {
  readonly active: Active;
  readonly stopWaiting: () => void;
}

export interface AsideOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** One is forgotten for good. */
  readonly onEnd: (transfer: StoredTransfer) => Promise<void>;
}

/** Transfers that were cancelled a moment ago: out of sight, and not yet forgotten. */
export class AsideTransfers {
  readonly #options: AsideOptions;
  readonly #aside = new Map<TransferId, Aside>();

  constructor(options: AsideOptions) {
    this.#options = options;
  }

  add(active: Active): void {
    const { transfer } = active.stored;
    const { clock, logger, onEnd } = this.#options;
    const stopWaiting = clock.after(CANCEL_UNDO_MS, () => {
      this.#aside.delete(transfer);
      logger.background("transfer", onEnd(active.stored));
    });
    this.#aside.set(transfer, { active, stopWaiting });
  }

  /** Takes one out again; null when it is forgotten by now. */
  take(transfer: TransferId): Active | null {
    const aside = this.#aside.get(transfer);
    aside?.stopWaiting();
    this.#aside.delete(transfer);
    return aside?.active ?? null;
  }

  /** Forgets all now, or all of one collection. */
  async end(space?: SpaceId): Promise<void> {
    for (const { active } of [...this.#aside.values()]) {
      const { stored } = active;
      if (space !== undefined && stored.space !== space) continue;
      this.take(stored.transfer);
      await this.#options.onEnd(stored);
    }
  }

  /** Whether one of them would go on at a destination. */
  isAt(destination: number): boolean {
    for (const { active } of this.#aside.values())
      if (active.stored.destination === destination) return true;
    return false;
  }
}
