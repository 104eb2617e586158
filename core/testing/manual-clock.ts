import type { Clock } from "#core/base/clock.ts";

/** A clock that a test holds in its hand. */
export interface ManualClock extends Clock {
  /** Moves on by `ms`, running what falls due in order. */
  advance(ms: number): void;
  /** The wall clock jumps; timers and the monotonic clock do not notice. */
  jump(ms: number): void;
  /** Milliseconds from now at which tasks wait. */
  readonly due: readonly number[];
}

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

/** Starts in a year that no test runs in, so that the real clock shows when it slips in. */
const START = Date.UTC(2031, 0, 1);

export function createManualClock(start = START): ManualClock {
  const waiting = new Set<Entry>();
  let passed = 0;
  let wall = start;
  let order = 0;

  function moveTo(at: number): void {
    wall += at - passed;
    passed = at;
  }

  function after(ms: number, task: () => void): () => void {
    order += 1;
    const entry = { at: passed + Math.max(0, ms), order, task };
    waiting.add(entry);
    return () => {
      waiting.delete(entry);
    };
  }

  return {
    now: () => wall,
    monotonic: () => passed,
    after,
    every(ms, task) {
      let cancel = after(ms, again);
      function again(): void {
        cancel = after(ms, again);
        task();
      }
      return () => {
        cancel();
      };
    },
    advance(ms) {
      const end = passed + ms;
      for (;;) {
        const [next] = [...waiting]
          .filter((entry) => entry.at <= end)
          .sort((a, b) => a.at - b.at || a.order - b.order);
        if (next === undefined) break;
        waiting.delete(next);
        moveTo(next.at);
        next.task();
      }
      moveTo(end);
    },
    jump(ms) {
      wall += ms;
    },
    get due() {
      return [...waiting].map((entry) => entry.at - passed);
    },
  };
}
