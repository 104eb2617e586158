import { neverRejects } from "#core/base/never-rejects.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Random } from "#core/base/random.ts";
import { jittered } from "./jittered.ts";
import { addressKey } from "./local-address.ts";
import type { Address } from "./port.ts";

/** What came of one try. */
export type Attempt =
  | { readonly kind: "failed" }
  /** Nobody but ourselves is there; not tried again. */
  | { readonly kind: "self" }
  /** A line stands; the next try comes after it is gone. */
  | { readonly kind: "line"; readonly closed: Promise<void> };

export type Dial = (address: Address, signal: AbortSignal) => Promise<Attempt>;

export interface DiallerOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly dial: Dial;
}

/** Holds a line to each wanted address. */
export interface Dialler {
  /** Replaces the addresses. A new one is dialled at once; one left out is no longer tried. */
  want(addresses: readonly Address[]): void;
  /** Ends all pauses: the network has changed. */
  hurry(): void;
}

const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 30_000;
/** A line that lived this long was a good one: after it the pauses start anew. */
const SETTLED_MS = 10_000;
/** More than anybody has contacts on one network; a list without end costs nothing more. */
const TARGETS = 256;

interface Target {
  readonly gone: AbortController;
  pauseMs: number;
  wake: () => void;
}

export function createDialler(options: DiallerOptions): Dialler {
  const { clock, random, dial } = options;
  const targets = new Map<string, Target>();

  async function hold(address: Address, target: Target): Promise<void> {
    const { signal } = target.gone;
    while (!signal.aborted) {
      const attempt = await dial(address, signal);
      if (attempt.kind === "self") return;
      if (attempt.kind === "line") {
        const since = clock.monotonic();
        await attempt.closed;
        if (clock.monotonic() - since >= SETTLED_MS)
          target.pauseMs = FIRST_PAUSE_MS;
      }
      if (!signal.aborted) await pause(target);
    }
  }

  function pause(target: Target): Promise<void> {
    const ms = jittered(target.pauseMs, random);
    target.pauseMs = Math.min(target.pauseMs * 2, LAST_PAUSE_MS);
    return new Promise((resolve) => {
      const cancel = clock.after(ms, resolve);
      target.wake = () => {
        cancel();
        resolve();
      };
    });
  }

  return {
    want(addresses) {
      const wanted = new Map(
        addresses.slice(0, TARGETS).map((one) => [addressKey(one), one]),
      );
      for (const [key, target] of targets) {
        if (wanted.has(key)) continue;
        targets.delete(key);
        target.gone.abort();
        target.wake();
      }
      for (const [key, address] of wanted) {
        if (targets.has(key)) continue;
        const target: Target = {
          gone: new AbortController(),
          pauseMs: FIRST_PAUSE_MS,
          wake: () => undefined,
        };
        targets.set(key, target);
        neverRejects(hold(address, target));
      }
    },
    hurry() {
      for (const target of targets.values()) {
        target.pauseMs = FIRST_PAUSE_MS;
        target.wake();
      }
    },
  };
}
