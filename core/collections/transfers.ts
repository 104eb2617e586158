import { parse } from "valibot";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { PersonId, SpaceId, TransferId } from "#core/contract/ids.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { Meter } from "./meter.ts";
import { problemSchema } from "./transfer-store.ts";
import type { Report, Run } from "./transfer-run.ts";
import type { StoredTransfer, TransferStore } from "./transfer-store.ts";

export interface TransfersOptions {
  readonly store: TransferStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly run: Run;
  /** A transfer is done, or was given up and is forgotten. */
  readonly onEnd: (transfer: StoredTransfer) => Promise<void>;
  /** Something that is shown changed; called very often. */
  readonly onChange: () => void;
}

/** A transfer as it stands now. */
export interface LiveTransfer extends StoredTransfer {
  readonly speed: number;
  readonly secondsLeft: number | null;
  readonly isWaiting: boolean;
  readonly from: readonly PersonId[];
}

interface Active {
  stored: StoredTransfer;
  meter: Meter | null;
  isWaiting: boolean;
  from: readonly PersonId[];
  stop: AbortController | null;
  /** Settles when the run has let go of everything. */
  ended: Promise<void>;
}

/** A full disk is looked at again after this time (DU4). */
const DISK_FULL_AGAIN_MS = 30_000;

/** Runs transfers, and keeps where each stands, through restarts (FI8). */
export class Transfers implements Resource {
  readonly #options: TransfersOptions;
  readonly #active = new Map<TransferId, Active>();
  #cancelAgain: (() => void) | null = null;
  #isClosed = false;

  constructor(options: TransfersOptions) {
    this.#options = options;
    for (const stored of options.store.all())
      this.#active.set(stored.transfer, idle(stored));
  }

  /** Goes on with what an earlier run of the app left, without asking (FI8). */
  start(): void {
    for (const active of this.#active.values())
      if (active.stored.stage === "running" || isDiskFull(active))
        this.#begin(active);
  }

  add(stored: StoredTransfer): void {
    this.#options.store.add(stored);
    const active = idle(stored);
    this.#active.set(stored.transfer, active);
    this.#begin(active);
  }

  /** Newest first. */
  list(): readonly LiveTransfer[] {
    const now = this.#options.clock.monotonic();
    return [...this.#active.values()].reverse().map((active) => {
      const { stored, meter, isWaiting, from } = active;
      const left = stored.bytes.total - stored.bytes.done;
      return {
        ...stored,
        speed: meter?.speed(now) ?? 0,
        secondsLeft: isWaiting ? null : (meter?.secondsLeft(left, now) ?? null),
        isWaiting,
        from,
      };
    });
  }

  /** Transfers that are not done. */
  open(): readonly StoredTransfer[] {
    return [...this.#active.values()]
      .map(({ stored }) => stored)
      .filter(({ stage }) => stage !== "done");
  }

  /** Transfers of one collection that are not done. */
  openOf(space: SpaceId): readonly StoredTransfer[] {
    return this.open().filter((it) => it.space === space);
  }

  get isRunning(): boolean {
    return [...this.#active.values()].some(({ stop }) => stop !== null);
  }

  /** Pauses, or goes on. @throws `not-found` */
  async setPaused(transfer: TransferId, isPaused: boolean): Promise<void> {
    const active = this.#get(transfer);
    const { stage } = active.stored;
    if (isPaused && (stage === "running" || stage === "failed")) {
      await this.#stop(active);
      this.#setStage(active, { stage: "paused" });
    } else if (!isPaused && stage === "paused") this.#begin(active);
  }

  /** Begins again after a failure. @throws `not-found` */
  retry(transfer: TransferId): void {
    const active = this.#get(transfer);
    if (active.stop === null && active.stored.stage !== "done")
      this.#begin(active);
  }

  /** Stops a run and begins it anew, because what it works on has changed. */
  async restart(transfer: TransferId): Promise<void> {
    const active = this.#active.get(transfer);
    if (active?.stop === undefined || active.stop === null) return;
    await this.#stop(active);
    if (active.stored.stage === "running") this.#begin(active);
  }

  /** Stops and forgets a transfer. @throws `not-found` */
  async cancel(transfer: TransferId): Promise<void> {
    const active = this.#get(transfer);
    await this.#stop(active);
    this.#active.delete(transfer);
    this.#options.store.remove(transfer);
    this.#options.onChange();
    await this.#options.onEnd(active.stored);
  }

  /** Forgets what is done. */
  clear(): void {
    for (const [transfer, { stored }] of this.#active) {
      if (stored.stage !== "done") continue;
      this.#active.delete(transfer);
      this.#options.store.remove(transfer);
    }
    this.#options.onChange();
  }

  /** Stops every run; each goes on at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelAgain?.();
    const running = [...this.#active.values()].filter(
      ({ stop }) => stop !== null,
    );
    await Promise.all(running.map((active) => this.#stop(active)));
    for (const { stored } of running) this.#options.store.update(stored);
  }

  #get(transfer: TransferId): Active {
    const active = this.#active.get(transfer);
    if (active === undefined)
      throw new CoreError("not-found", { what: "transfer" });
    return active;
  }

  #begin(active: Active): void {
    if (active.stop !== null || this.#isClosed) return;
    const { clock, logger, run } = this.#options;
    const stop = new AbortController();
    active.stop = stop;
    active.meter = new Meter(clock.monotonic());
    this.#setStage(active, { stage: "running" });
    active.ended = active.ended
      .then(() => run(active.stored, stop.signal, this.#report(active, stop)))
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
    active.stop?.abort(new CoreError("cancelled", {}));
    active.stop = null;
    rest(active);
    await active.ended;
  }

  #ended(active: Active, stop: AbortController, error: unknown): void {
    // Stopped from outside: whoever did it says what it is now.
    if (active.stop !== stop) return;
    active.stop = null;
    rest(active);
    const now = this.#options.clock.now();
    if (error === null) {
      this.#setStage(active, { stage: "done", endedAt: now });
      const { logger, onEnd } = this.#options;
      logger.background("transfer", onEnd(active.stored));
      return;
    }
    if (!isCoreError(error)) this.#options.logger.bug(error, "transfer");
    const code = isCoreError(error) ? error.code : "internal";
    this.#setStage(active, {
      stage: "failed",
      problem: parse(problemSchema, code),
    });
    if (code === "disk-full") this.#againLater();
  }

  #setStage(
    active: Active,
    stage: Pick<StoredTransfer, "stage"> & Partial<StoredTransfer>,
  ): void {
    active.stored = { ...active.stored, problem: null, ...stage };
    this.#options.store.update(active.stored);
    this.#options.onChange();
  }

  #againLater(): void {
    this.#cancelAgain ??= this.#options.clock.after(DISK_FULL_AGAIN_MS, () => {
      this.#cancelAgain = null;
      for (const active of this.#active.values())
        if (isDiskFull(active)) this.#begin(active);
    });
  }

  #report(active: Active, stop: AbortController): Report {
    const { onChange } = this.#options;
    const change = (work: () => void): void => {
      // A run that was stopped may still be ending.
      if (active.stop !== stop) return;
      work();
      onChange();
    };
    const set = (some: Partial<StoredTransfer>): void => {
      active.stored = { ...active.stored, ...some };
    };
    return {
      total(files, bytes) {
        change(() => {
          set({
            files: { done: active.stored.files.done, total: files },
            bytes: { done: active.stored.bytes.done, total: bytes },
          });
        });
      },
      done(files, bytes) {
        change(() => {
          set({
            files: { done: files, total: active.stored.files.total },
            bytes: { done: bytes, total: active.stored.bytes.total },
          });
        });
      },
      moved(bytes) {
        change(() => active.meter?.add(bytes));
      },
      waiting(isWaiting) {
        change(() => {
          active.isWaiting = isWaiting;
        });
      },
      from(people) {
        change(() => {
          active.from = people;
        });
      },
    };
  }
}

function idle(stored: StoredTransfer): Active {
  return {
    stored,
    meter: null,
    isWaiting: false,
    from: [],
    stop: null,
    ended: Promise.resolve(),
  };
}

function rest(active: Active): void {
  active.meter = null;
  active.isWaiting = false;
  active.from = [];
}

function isDiskFull({ stored }: Active): boolean {
  return stored.stage === "failed" && stored.problem === "disk-full";
}
