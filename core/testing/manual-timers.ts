import type { Timers } from "#core/rpc/watch.ts";

/** Timers that run when a test says so. */
export interface ManualTimers extends Timers {
  /** Moves on by `ms`, running what falls due in order. */
  advance(ms: number): void;
  /** Pauses that are waited for now, in milliseconds from now. */
  readonly due: readonly number[];
}

export function createManualTimers(): ManualTimers {
  let now = 0;
  const waiting = new Set<{ readonly at: number; readonly task: () => void }>();
  return {
    after(ms, task) {
      const entry = { at: now + ms, task };
      waiting.add(entry);
      return () => {
        waiting.delete(entry);
      };
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const [next] = [...waiting]
          .filter((entry) => entry.at <= until)
          .sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        waiting.delete(next);
        now = next.at;
        next.task();
      }
      now = until;
    },
    get due() {
      return [...waiting].map((entry) => entry.at - now);
    },
  };
}
