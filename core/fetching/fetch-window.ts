const MIB = 1024 * 1024;

/** Asked for and not yet dealt with, on one line. */
export const WINDOW_MAX_BYTES = 16 * MIB;
/** Four of the smallest chunks: enough to learn the line's speed. */
const WINDOW_START_BYTES = 1 * MIB;
/** One of the smallest chunks. */
const WINDOW_MIN_BYTES = 256 * 1024;
/** An answer within this time queues behind nothing worth mentioning. */
const QUICK_MS = 100;
/** An answer after this time, on a line that can do better, queues too long. */
const SLOW_MS = 300;
/**
 * The least seen may have queued itself, behind what others asked for: from it on
 * no more than this counts as quick, and no more than so much as bearable.
 */
const QUICK_MORE_MS = 100;
const SLOW_MORE_MS = 300;

/**
 * How much to ask for at once on one line: as much as makes it faster, and no
 * more, so that a post or a seek on the same line never waits long behind it.
 * What tells is the time from ask to answer: while it stays near the least seen,
 * the line was not full and takes more; once it is far above, answers queue.
 */
export class FetchWindow {
  readonly #maxBytes: number;
  #bytes = WINDOW_START_BYTES;
  #leastMs = Number.POSITIVE_INFINITY;

  constructor(maxBytes = WINDOW_MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** `wasFull`: the window, and not a lack of things to ask for, held the asking back. */
  answered(afterMs: number, bytes: number, wasFull: boolean): void {
    this.#leastMs = Math.min(this.#leastMs, afterMs);
    const least = this.#leastMs;
    if (afterMs <= Math.max(QUICK_MS, least + Math.min(least, QUICK_MORE_MS))) {
      // Adding what was answered doubles the window in each round trip.
      if (wasFull) this.#bytes = Math.min(this.#maxBytes, this.#bytes + bytes);
    } else if (
      afterMs > Math.max(SLOW_MS, least + Math.min(3 * least, SLOW_MORE_MS))
    ) {
      this.#bytes = Math.max(WINDOW_MIN_BYTES, this.#bytes - bytes / 2);
    }
  }
}
