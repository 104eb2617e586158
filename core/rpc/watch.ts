import type { State } from "#core/base/state.ts";

/** The part of a clock that the boundary needs; handed in. */
export interface Timers {
  /** Runs `task` once after `ms`; the answer cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** The mean time between two values of one watch at least: four a second are enough for the eye. */
export const WATCH_PAUSE_MS = 250;
/** So many may follow each other at once after a pause: what changes steadily has its end told when it is reached. */
const AT_ONCE = 2;

/**
 * Sends a state's value in the next task and whenever it changes: once for all
 * changes of one task, at once when it was calm, and four times a second while it keeps
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
  let cancelFlush: (() => void) | null = null;
  let cancelMore: (() => void) | null = null;
  let left = AT_ONCE;
  let isDue = false;
  let isOver = false;

  function flush(): void {
    cancelFlush = null;
    if (isOver) return;
    isDue = left === 0;
    if (isDue) return;
    try {
      const value = state.peek();
      if (sent !== null && Object.is(sent.value, value)) return;
      sent = { value };
      send(value);
      left--;
      cancelMore ??= timers.after(WATCH_PAUSE_MS, more);
    } catch (error) {
      end();
      onError(error);
    }
  }

  function more(): void {
    left++;
    cancelMore = left < AT_ONCE ? timers.after(WATCH_PAUSE_MS, more) : null;
    if (isDue) flush();
  }

  function end(): void {
    isOver = true;
    cancelFlush?.();
    cancelMore?.();
    unsubscribe();
  }

  const unsubscribe = state.subscribe(() => {
    cancelFlush ??= timers.after(0, flush);
  });
  // Not within this call, so that a first value that cannot be read fails like a later one.
  cancelFlush = timers.after(0, flush);
  return end;
}
