import { parse } from "valibot";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { SpaceId, TransferId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { AsideTransfers } from "./aside-transfers.ts";
import { ActiveTransfers } from "./active-transfers.ts";
import { Meter } from "./meter.ts";
import { placeAfterMove, turns } from "./transfer-order.ts";
import { begunAnew, isDiskFull, reportOf, rest } from "./transfer-report.ts";
import type { Active, Hold, LiveTransfer } from "./transfer-report.ts";
import { problemSchema } from "./transfer-store.ts";
import type { Run } from "./transfer-run.ts";
import type { StoredTransfer, TransferStore } from "./transfer-store.ts";

export interface TransfersOptions {
  readonly store: TransferStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly run: Run;
  /** Whether something else than the transfer itself is paused. */
  readonly holdOf: (transfer: StoredTransfer) => Hold | null;
  /** A transfer is done, or was given up and is forgotten. */
  readonly onEnd: (transfer: StoredTransfer) => Promise<void>;
  /** Something that is shown changed; called very often. */
  readonly onChange: () => void;
  /** A transfer came to another stage, which somebody may wait for. */
  readonly onStage: () => void;
}

/** A full disk is looked at again after this time (DU4). */
const DISK_FULL_AGAIN_MS = 8_000;
const RUNNING = { stage: "running" } as const;

/** Runs transfers in the order of the person, and keeps where each stands, through restarts (FI8). */
export class Transfers implements Resource {
  readonly #options: TransfersOptions;
  readonly #active: ActiveTransfers;
  /** What was cancelled and may return. */
  readonly aside: AsideTransfers;
  #cancelAgain: (() => void) | null = null;
  #hasStarted = false;
  #isClosed = false;

  constructor(options: TransfersOptions) {
    this.#options = options;
    this.#active = new ActiveTransfers(options.store, options.holdOf);
    this.aside = new AsideTransfers(options);
  }

  /** Goes on with what an earlier run of the app left, without asking (FI8). */
  start(): void {
    this.#hasStarted = true;
    this.#active.forgetOld(this.#options.clock.now());
    for (const active of this.#active.all())
      if (isDiskFull(active)) this.#setStage(active, RUNNING);
    this.advance();
  }

  /** Adds a transfer behind the others. */
  add(stored: Omit<StoredTransfer, "place">): void {
    this.#hasStarted = true;
    this.#active.add(stored);
    this.#options.onChange();
    this.advance();
  }

  /** Those not done in their order, then those that are, newest first. */
  list(): readonly LiveTransfer[] {
    return this.#active.list(this.#options.clock.monotonic());
  }

  /** Transfers of one collection that are not done, as they stand, in their order. */
  openList(space: SpaceId): readonly LiveTransfer[] {
    return this.#active.openList(space, this.#options.clock.monotonic());
  }

  /** Transfers that are not done, in their order. */
  open(): readonly StoredTransfer[] {
    return this.#active.inOrder().map(({ stored }) => stored);
  }

  /** Transfers of one collection that are not done. */
  openOf(space: SpaceId): readonly StoredTransfer[] {
    return this.open().filter((it) => it.space === space);
  }

  /** The transfer that brings what a rule says of a collection, done or not; null when there is none. */
  ofRule(space: SpaceId): StoredTransfer | null {
    return this.#active.ofRule(space);
  }

  get isRunning(): boolean {
    return this.#active.all().some(({ stop }) => stop !== null);
  }

  /** Pauses, or goes on. @throws `not-found` */
  async setPaused(transfer: TransferId, isPaused: boolean): Promise<void> {
    const active = this.#active.get(transfer);
    const { stage } = active.stored;
    if (isPaused && (stage === "running" || stage === "failed")) {
      this.#setStage(active, { stage: "paused" });
      await this.#stop(active);
    } else if (!isPaused && stage === "paused") this.#setStage(active, RUNNING);
    this.advance();
  }

  /** Begins again after a failure. @throws `not-found` */
  retry(transfer: TransferId): void {
    const active = this.#active.get(transfer);
    if (active.stop !== null || active.stored.stage === "done") return;
    this.#setStage(active, RUNNING);
    this.advance();
  }

  /** Moves a transfer one place; what then comes first goes first. @throws `not-found` */
  move(transfer: TransferId, to: "up" | "down"): void {
    const active = this.#active.get(transfer);
    const place = placeAfterMove(this.#active.inOrder(), active, to);
    if (place === null || active.stored.stage === "done") return;
    active.stored = { ...active.stored, place };
    this.#options.store.update(active.stored);
    this.#options.onChange();
    this.advance({ isStrict: true });
  }

  /** Stops a run and begins it anew, because what it works on has changed. */
  async restart(transfer: TransferId): Promise<void> {
    const active = this.#active.find(transfer);
    if (active === null || active.stop === null) return;
    await this.#stop(active);
    this.advance();
  }

  /** Makes a transfer be about other files, and goes on with it unless it is paused; a done one begins anew. @throws `not-found` */
  async setPaths(
    transfer: TransferId,
    paths: readonly string[],
    total: { readonly files: number; readonly bytes: number },
  ): Promise<void> {
    const active = this.#active.get(transfer);
    this.#options.store.setPaths(transfer, paths);
    const { stage } = active.stored;
    active.stored =
      stage === "done"
        ? {
            ...begunAnew(active.stored, total, this.#options.clock.now()),
            paths,
            place: this.#active.lastPlace() + 1,
          }
        : { ...active.stored, paths };
    await this.#stop(active);
    this.#setStage(active, stage === "paused" ? { stage } : RUNNING);
    this.advance();
  }

  /** Stops and forgets a transfer; if it `mayReturn`, only a moment later: until then it can be taken up. @throws `not-found` */
  async cancel(
    transfer: TransferId,
    { mayReturn = false } = {},
  ): Promise<void> {
    const active = this.#active.get(transfer);
    await this.#stop(active);
    this.#active.forget(transfer);
    this.#options.onChange();
    if (mayReturn) this.aside.add(active);
    else await this.#options.onEnd(active.stored);
    this.advance();
  }

  /** Takes up where it was what was cancelled. @throws `not-found` when it is too late */
  takeUp(transfer: TransferId): void {
    const active = this.aside.take(transfer);
    if (active === null) throw new CoreError("not-found", { what: "transfer" });
    this.#active.putBack(active);
    this.advance();
  }

  /** Forgets what is done. */
  clear(): void {
    for (const { stored } of this.#active.all())
      if (stored.stage === "done") this.#active.forget(stored.transfer);
    this.#options.onChange();
  }

  /**
   * Begins what comes first, and stops what is held back. What runs is not
   * stopped for something earlier, unless the person changed the order
   * (`isStrict`): each start costs a little.
   */
  advance({ isStrict = false } = {}): void {
    if (this.#isClosed || !this.#hasStarted) return;
    const { holdOf, logger } = this.#options;
    const { stop, begin } = turns(this.#active.inOrder(), holdOf, isStrict);
    for (const active of stop)
      logger.background("transfer", this.#stop(active));
    for (const active of begin) this.#begin(active);
    this.#options.onChange();
  }

  /** Stops every run; each goes on at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelAgain?.();
    await Promise.all(this.#active.all().map((it) => this.#stop(it)));
    await this.aside.end();
  }

  #begin(active: Active): void {
    if (active.stop !== null || this.#isClosed) return;
    const { clock, logger, run, onChange } = this.#options;
    const stop = new AbortController();
    active.stop = stop;
    active.meter = new Meter(clock.monotonic());
    const report = reportOf(active, stop, onChange, () => {
      this.advance();
    });
    active.ended = active.ended
      .then(() => {
        // It may have been stopped while an earlier run was ending.
        if (!stop.signal.aborted)
          return run(active.stored, stop.signal, report);
      })
      .then(
        () => {
          this.#ended(active, stop, null);
        },
        (error: unknown) => {
          this.#ended(active, stop, error);
        },
      );
    logger.background("transfer", active.ended);
  }

  async #stop(active: Active): Promise<void> {
    if (active.stop !== null) {
      active.stop.abort(new CoreError("cancelled", {}));
      active.stop = null;
      rest(active);
    }
    await active.ended;
    // Where it stands is written down for the next start.
    if (this.#active.find(active.stored.transfer) === active)
      this.#write(active);
  }

  #ended(active: Active, stop: AbortController, error: unknown): void {
    // Stopped from outside: whoever did it says what it is now.
    if (active.stop !== stop) return;
    active.stop = null;
    rest(active);
    const { clock, logger, onEnd } = this.#options;
    if (error === null) {
      this.#setStage(active, { stage: "done", endedAt: clock.now() });
      logger.background("transfer", onEnd(active.stored));
    } else {
      if (!isCoreError(error)) logger.bug(error, "transfer");
      const code = isCoreError(error) ? error.code : "internal";
      this.#setStage(active, {
        stage: "failed",
        problem: parse(problemSchema, code),
      });
      if (code === "disk-full") this.#againLater();
    }
    this.advance();
  }

  #setStage(
    active: Active,
    stage: Pick<StoredTransfer, "stage"> & Partial<StoredTransfer>,
  ): void {
    active.stored = { ...active.stored, problem: null, ...stage };
    this.#write(active);
    this.#options.onStage();
  }

  #write({ stored }: Active): void {
    try {
      this.#options.store.update(stored);
    } catch (error) {
      // Where it stands is known here, and written down when there is room.
      if (!isCoreError(error, "disk-full")) throw error;
      this.#againLater();
    }
  }

  #againLater(): void {
    if (this.#isClosed) return;
    this.#cancelAgain ??= this.#options.clock.after(DISK_FULL_AGAIN_MS, () => {
      this.#cancelAgain = null;
      for (const active of this.#active.all())
        if (isDiskFull(active)) this.#setStage(active, RUNNING);
        else if (active.stored.stage === "done")
          this.#setStage(active, { stage: "done" });
      this.advance();
    });
  }
}
