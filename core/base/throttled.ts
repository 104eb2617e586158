import type { Clock } from "./clock.ts";
import type { Resource } from "./resource.ts";
import { createTrigger } from "./state.ts";
import type { Trigger } from "./state.ts";

/**
 * A trigger that fires at once, and then at most every `ms`: the last call is
 * never lost. Closed it fires no more, and keeps no process from ending.
 */
export function createThrottled(clock: Clock, ms: number): Trigger & Resource {
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
    close() {
      isClosed = true;
      rest?.();
      return Promise.resolve();
    },
  };
}
