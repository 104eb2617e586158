import type { State } from "#core/base/state.ts";

/** The part of a clock that the boundary needs; handed in. */
export interface Timers {
  /** Runs `task` once after `ms`; the answer cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** The least time between two values of one watch: four a second are enough for the eye. */
export const WATCH_PAUSE_MS = 250;

/**
 * Sends a state's value in the next task and whenever it changes: once for all
 * changes of one task, at once when it was calm, and at most every 250 ms while it keeps
 * changing. The last value always arrives. The answer ends it.
 *
 * @param send may throw; the watch ends then and `onError` is told
 */
export function watchState<T>(
  state: State<T>,
  timers: Timers,
  send: (value: T) => void,
  onError: (error: unknown) => void,
): () => void {
  let sent: { readonly value: T } | null = null;
  let cancel: (() => void) | null = null;
  let isOver = false;

  function flush(): void {
    cancel = null;
    if (isOver) return;
    try {
      const value = state.peek();
      if (sent !== null && Object.is(sent.value, value)) return;
      sent = { value };
      send(value);
      cancel = timers.after(WATCH_PAUSE_MS, flush);
    } catch (error) {
      end();
      onError(error);
    }
  }

  function end(): void {
    isOver = true;
    cancel?.();
    unsubscribe();
  }

  const unsubscribe = state.subscribe(() => {
    cancel ??= timers.after(0, flush);
  });
  // Not within this call, so that a first value that cannot be read fails like a later one.
  cancel = timers.after(0, flush);
  return end;
}
