import { CoreError } from "#core/contract/errors.ts";
import type { SpaceId, TransferId } from "#core/contract/ids.ts";
import { idle, liveOf } from "./transfer-report.ts";
import type { Active, Hold, LiveTransfer } from "./transfer-report.ts";
import type { StoredTransfer, TransferStore } from "./transfer-store.ts";

/** What is done is shown for this long. */
const DONE_LIFE_MS = 7 * 24 * 60 * 60 * 1000;

/** Every transfer there is, in the order of the person; each is in the store too. */
export class ActiveTransfers {
  readonly #store: TransferStore;
  readonly #holdOf: (transfer: StoredTransfer) => Hold | null;
  readonly #active = new Map<TransferId, Active>();

  constructor(
    store: TransferStore,
    holdOf: (transfer: StoredTransfer) => Hold | null,
  ) {
    this.#store = store;
    this.#holdOf = holdOf;
    for (const stored of store.all())
      this.#active.set(stored.transfer, idle(stored));
  }

  /** A copy: it may be gone through while some are forgotten. */
  all(): readonly Active[] {
    return [...this.#active.values()];
  }

  /** Adds a transfer behind the others. */
  add(stored: Omit<StoredTransfer, "place">): void {
    const active = idle({ ...stored, place: this.lastPlace() + 1 });
    this.#store.add(active.stored);
    this.#active.set(stored.transfer, active);
  }

  /** Has one again that was forgotten, where it stood. */
  putBack(active: Active): void {
    this.#store.add(active.stored);
    this.#store.update(active.stored);
    this.#active.set(active.stored.transfer, active);
  }

  /** Forgets what has been done for long. */
  forgetOld(now: number): void {
    for (const { stored } of this.all())
      if (stored.stage === "done" && (stored.endedAt ?? 0) < now - DONE_LIFE_MS)
        this.forget(stored.transfer);
  }

  forget(transfer: TransferId): void {
    this.#active.delete(transfer);
    this.#store.remove(transfer);
  }

  find(transfer: TransferId): Active | null {
    return this.#active.get(transfer) ?? null;
  }

  /** @throws `not-found` */
  get(transfer: TransferId): Active {
    const active = this.#active.get(transfer);
    if (active === undefined)
      throw new CoreError("not-found", { what: "transfer" });
    return active;
  }

  /** Those that are not done, in their order. */
  inOrder(): readonly Active[] {
    return this.all()
      .filter(({ stored }) => stored.stage !== "done")
      .sort((a, b) => a.stored.place - b.stored.place);
  }

  lastPlace(): number {
    let last = 0;
    for (const { stored } of this.#active.values())
      last = Math.max(last, stored.place);
    return last;
  }

  /** Those not done in their order, then those that are, newest first. `now` is monotonic. */
  list(now: number): readonly LiveTransfer[] {
    const done = this.all()
      .filter(({ stored }) => stored.stage === "done")
      .sort((a, b) => (b.stored.endedAt ?? 0) - (a.stored.endedAt ?? 0));
    return [...this.inOrder(), ...done].map((active) =>
      liveOf(active, now, this.#holdOf),
    );
  }

  /** Transfers of one collection that are not done, as they stand, in their order. */
  openList(space: SpaceId, now: number): readonly LiveTransfer[] {
    return this.inOrder()
      .filter(({ stored }) => stored.space === space)
      .map((active) => liveOf(active, now, this.#holdOf));
  }

  /** The transfer that brings what a rule says of a collection, done or not; null when there is none. */
  ofRule(space: SpaceId): StoredTransfer | null {
    for (const { stored } of this.#active.values())
      if (stored.space === space && stored.reason === "rule") return stored;
    return null;
  }
}
