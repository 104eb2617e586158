import type { Clock } from "./clock.ts";
import type { Resource } from "./resource.ts";
import { createTrigger } from "./state.ts";
import type { Trigger } from "./state.ts";

export interface Throttled extends Trigger, Resource {
  /** Fires whenever it fired last: for what is rare, and waited for. */
  readonly fireNow: () => void;
}

/**
 * A trigger that fires at once, and then at most every `ms`: the last call is
 * never lost. Closed it fires no more, and keeps no process from ending.
 */
export function createThrottled(clock: Clock, ms: number): Throttled {
  const trigger = createTrigger();
  let rest: (() => void) | null = null;
  let isDue = false;
  let isClosed = false;
  function fire(): void {
    if (isClosed) return;
    if (rest !== null) {
      isDue = true;
      return;
    }
    rest = clock.after(ms, () => {
      rest = null;
      if (!isDue) return;
      isDue = false;
      fire();
    });
    trigger.fire();
  }
  return {
    subscribe: trigger.subscribe,
    fire,
    fireNow() {
      rest?.();
      rest = null;
      isDue = false;
      fire();
    },
    close() {
      isClosed = true;
      rest?.();
      return Promise.resolve();
    },
  };
}
