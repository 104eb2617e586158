import type { Clock } from "#core/base/clock.ts";
import type { Resource } from "#core/base/resource.ts";
import { createState, type State } from "#core/base/state.ts";
import type { Time } from "#core/contract/models.ts";

/** Long enough to try everything, short enough to be forgotten safely. */
export const DRILL_MS = 5 * 60 * 1000;

/** An outage tried out; it ends by itself, and with the app. */
export class OutageDrill implements Resource {
  readonly #clock: Clock;
  readonly #until = createState<Time | null>(null);
  #cancel: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** When it ends; null while there is none. */
  get until(): State<Time | null> {
    return this.#until;
  }

  /** Begins it, anew when it runs already, or ends it. */
  set(isOn: boolean): void {
    this.#cancel();
    this.#until.set(isOn ? this.#clock.now() + DRILL_MS : null);
    if (!isOn) return;
    this.#cancel = this.#clock.after(DRILL_MS, () => {
      this.#until.set(null);
    });
  }

  close(): Promise<void> {
    this.#cancel();
    return Promise.resolve();
  }
}
