import type { PersonId } from "#core/contract/ids.ts";
import type { Meter } from "./meter.ts";
import type { Report } from "./transfer-run.ts";
import type { StoredTransfer } from "./transfer-store.ts";

/** Why a transfer is held back though it was not paused itself. */
export type Hold = "collection" | "all";

/** A transfer as it stands now. */
export interface LiveTransfer extends StoredTransfer {
  readonly speed: number;
  readonly secondsLeft: number | null;
  readonly isWaiting: boolean;
  /** It would run, but others come first. */
  readonly isQueued: boolean;
  readonly hold: Hold | null;
  readonly from: readonly PersonId[];
}

/** A transfer in this run of the app. */
export interface Active {
  stored: StoredTransfer;
  meter: Meter | null;
  isWaiting: boolean;
  from: readonly PersonId[];
  /** Not null while it runs. */
  stop: AbortController | null;
  /** Settles when the run has let go of everything. */
  ended: Promise<void>;
}

export function idle(stored: StoredTransfer): Active {
  return {
    stored,
    meter: null,
    isWaiting: false,
    from: [],
    stop: null,
    ended: Promise.resolve(),
  };
}

/** What only a running one has. */
export function rest(active: Active): void {
  active.meter = null;
  active.isWaiting = false;
  active.from = [];
}

/** Takes down what one run says of its progress; `onWaiting` when it begins or ends to wait for others. */
export function reportOf(
  active: Active,
  stop: AbortController,
  onChange: () => void,
  onWaiting: () => void,
): Report {
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
      if (active.isWaiting === isWaiting) return;
      change(() => {
        active.isWaiting = isWaiting;
        onWaiting();
      });
    },
    from(people) {
      change(() => {
        active.from = people;
      });
    },
  };
}

/** How a transfer stands at one moment of a clock that never goes back. */
export function liveOf(
  { stored, meter, isWaiting, from, stop }: Active,
  now: number,
  holdOf: (stored: StoredTransfer) => Hold | null,
): LiveTransfer {
  const hold = stored.stage === "running" ? holdOf(stored) : null;
  const left = stored.bytes.total - stored.bytes.done;
  return {
    ...stored,
    speed: meter?.speed(now) ?? 0,
    secondsLeft: isWaiting ? null : (meter?.secondsLeft(left, now) ?? null),
    isWaiting,
    isQueued: stored.stage === "running" && hold === null && stop === null,
    hold,
    from,
  };
}

/** A transfer that is done, as one that has not come anywhere yet. */
export function begunAnew(
  stored: StoredTransfer,
  total: { readonly files: number; readonly bytes: number },
  now: number,
): StoredTransfer {
  return {
    ...stored,
    startedAt: now,
    endedAt: null,
    files: { done: 0, total: total.files },
    bytes: { done: 0, total: total.bytes },
  };
}

export function isDiskFull({ stored }: Active): boolean {
  return stored.stage === "failed" && stored.problem === "disk-full";
}
