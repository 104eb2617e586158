import type { Clock } from "./clock.ts";
import { createTrigger } from "./state.ts";
import type { Trigger } from "./state.ts";

/** A trigger that fires at once, and then at most every `ms`: the last call is never lost. */
export function createThrottled(clock: Clock, ms: number): Trigger {
  const trigger = createTrigger();
  let isResting = false;
  let isDue = false;
  function fire(): void {
    if (isResting) {
      isDue = true;
      return;
    }
    isResting = true;
    clock.after(ms, () => {
      isResting = false;
      if (!isDue) return;
      isDue = false;
      fire();
    });
    trigger.fire();
  }
  return { subscribe: trigger.subscribe, fire };
}
