import type { Traffic } from "#core/contract/keeping-models.ts";
import type { SpeedLimits } from "#core/contract/keeping-settings.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Resource } from "#core/base/resource.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import { RateLimit } from "#core/exchange/rate.ts";
import { limitsAt } from "#core/exchange/rate-schedule.ts";
import type { LimitsNow } from "#core/exchange/rate-schedule.ts";
import { SpeedOf } from "./speed-of.ts";

export interface TrafficOptions {
  readonly settings: {
    readonly pausedAll: boolean;
    readonly limits: SpeedLimits;
    readonly changed: Signal;
  };
  readonly clock: Clock;
}

/** A schedule is looked at no later than this: the wall clock may jump. */
const LOOK_MS = 60_000;
/** While something moves, the speed is told this often. */
const TICK_MS = 1_000;

/** How fast files may come and go, by what the person set, and how fast they do. */
export class TrafficControl implements Resource {
  readonly down: RateLimit;
  readonly up: RateLimit;
  readonly #options: TrafficOptions;
  readonly #changed = createTrigger();
  readonly #stops: (() => void)[] = [];
  readonly #speedDown: SpeedOf;
  readonly #speedUp: SpeedOf;
  #now: LimitsNow = { down: null, up: null, until: null, nextAt: null };
  #cancelLook: (() => void) | null = null;

  constructor(options: TrafficOptions) {
    this.#options = options;
    const { clock, settings } = options;
    this.down = new RateLimit(clock);
    this.up = new RateLimit(clock);
    this.#speedDown = new SpeedOf(() => this.down.counted);
    this.#speedUp = new SpeedOf(() => this.up.counted);
    this.#stops.push(
      settings.changed.subscribe(() => {
        this.#apply();
      }),
      clock.every(TICK_MS, () => {
        this.#tick();
      }),
    );
    this.#apply();
  }

  /** Fires when a limit begins or ends, and while something moves. */
  get changed(): Signal {
    return this.#changed;
  }

  get traffic(): Traffic {
    return {
      down: this.#speedDown.value,
      up: this.#speedUp.value,
      limitDown: this.#now.down,
      limitUp: this.#now.up,
      until: this.#now.until,
      pausedAll: this.#options.settings.pausedAll,
    };
  }

  close(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#cancelLook?.();
    this.down.close();
    this.up.close();
    return Promise.resolve();
  }

  #apply(): void {
    const { clock, settings } = this.#options;
    const now = clock.now();
    this.#now = limitsAt(settings.limits, now);
    this.down.setRate(this.#now.down);
    this.up.setRate(this.#now.up);
    this.down.setShut("paused", settings.pausedAll);
    this.up.setShut("paused", settings.pausedAll);
    this.#cancelLook?.();
    this.#cancelLook = null;
    const { nextAt } = this.#now;
    if (nextAt !== null)
      this.#cancelLook = clock.after(
        Math.max(1, Math.min(LOOK_MS, nextAt - now)),
        () => {
          this.#apply();
        },
      );
    this.#changed.fire();
  }

  #tick(): void {
    const now = this.#options.clock.monotonic();
    const before = [this.#speedDown.value, this.#speedUp.value];
    this.#speedDown.look(now);
    this.#speedUp.look(now);
    if (
      before[0] !== this.#speedDown.value ||
      before[1] !== this.#speedUp.value
    )
      this.#changed.fire();
  }
}
