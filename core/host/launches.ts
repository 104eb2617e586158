import type { Clock } from "#core/base/clock.ts";
import type { Random } from "#core/base/random.ts";
import { createSecret, isSecret } from "./guard.ts";

/** A browser that is to be opened is open by then. */
const LAUNCH_LIFE_MS = 60_000;

/** Codes that stand for the token once, for a short time. */
export interface Launches {
  create(): string;
  /** Whether this is a code that was made and not taken yet; takes it. */
  take(code: string | null): boolean;
}

export function createLaunches(clock: Clock, random: Random): Launches {
  const codes = new Map<string, number>();
  return {
    create() {
      const code = createSecret(random);
      codes.set(code, clock.monotonic() + LAUNCH_LIFE_MS);
      return code;
    },
    take(guess) {
      for (const [code, until] of codes) {
        if (until < clock.monotonic()) codes.delete(code);
        else if (isSecret(code, guess)) return codes.delete(code);
      }
      return false;
    },
  };
}
