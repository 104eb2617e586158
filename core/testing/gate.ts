import type { Duplex } from "node:stream";
import { systemClock, type Clock } from "#core/base/clock.ts";
import { createPipe } from "#core/network/pipe.ts";
import type { Wire } from "#core/network/memory.ts";

/** What a test does to the bytes between two ends. Order is kept: these are streams. */
export interface GateControl {
  /** Bytes written from now on arrive this much later. */
  delay(ms: number): void;
  /** Nothing arrives until `resume`; both ends think the line stands. */
  pause(): void;
  resume(): void;
  /** Both ends are gone at once, with what was under way. */
  cut(): void;
}

export interface Gate extends GateControl {
  /** The raw ends to put real streams on. */
  readonly ends: readonly [Duplex, Duplex];
}

/** Gates around the lines of a memory hub, by the names of the two devices. */
export interface Gates {
  readonly wire: Wire;
  /** Holds for the line that stands and for those made later. */
  between(a: string, b: string): GateControl;
}

/** Bytes on their way in one direction before the writing end is held back. */
const WINDOW_BYTES = 256 * 1024;

interface Setting {
  delayMs: number;
  isPaused: boolean;
  readonly wakers: Set<() => void>;
  readonly cutters: Set<() => void>;
}

export function createGate(clock: Clock = systemClock): Gate {
  const setting = createSetting();
  return { ...control(setting), ends: join(setting, clock) };
}

export function createGates(clock: Clock = systemClock): Gates {
  const settings = new Map<string, Setting>();
  function settingOf(a: string, b: string): Setting {
    const key = JSON.stringify([a, b].sort());
    const setting = settings.get(key) ?? createSetting();
    settings.set(key, setting);
    return setting;
  }
  return {
    wire: (from, to) => join(settingOf(from, to), clock),
    between: (a, b) => control(settingOf(a, b)),
  };
}

function createSetting(): Setting {
  return {
    delayMs: 0,
    isPaused: false,
    wakers: new Set(),
    cutters: new Set(),
  };
}

function control(setting: Setting): GateControl {
  return {
    delay(ms) {
      setting.delayMs = ms;
    },
    pause() {
      setting.isPaused = true;
    },
    resume() {
      setting.isPaused = false;
      for (const wake of setting.wakers) wake();
    },
    cut() {
      for (const cut of [...setting.cutters]) cut();
    },
  };
}

function join(setting: Setting, clock: Clock): readonly [Duplex, Duplex] {
  const [left, leftInside] = createPipe();
  const [right, rightInside] = createPipe();
  const all = [left, leftInside, right, rightInside];
  function cut(): void {
    setting.cutters.delete(cut);
    for (const end of all) end.destroy();
  }
  setting.cutters.add(cut);
  left.on("close", () => setting.cutters.delete(cut));
  for (const end of all) end.on("error", () => undefined);
  carry(left, leftInside, rightInside, setting, clock);
  carry(right, rightInside, leftInside, setting, clock);
  return [left, right];
}

interface Parcel {
  readonly due: number;
  /** Bytes, or what happens at the other end. */
  readonly load: Buffer | "end" | "close";
}

/** Carries one direction: what `writer` writes comes out of `from` and goes into `to`. */
function carry(
  writer: Duplex,
  from: Duplex,
  to: Duplex,
  setting: Setting,
  clock: Clock,
): void {
  const parcels: Parcel[] = [];
  let bytes = 0;
  let isBlocked = false;
  let cancel: (() => void) | null = null;

  function take(load: Parcel["load"]): void {
    parcels.push({ due: clock.monotonic() + setting.delayMs, load });
    if (load instanceof Buffer) bytes += load.length;
    if (bytes > WINDOW_BYTES) from.pause();
    deliver();
  }

  function deliver(): void {
    for (;;) {
      const [next] = parcels;
      if (next === undefined || setting.isPaused || isBlocked) return;
      const wait = next.due - clock.monotonic();
      if (wait > 0) {
        cancel ??= clock.after(wait, () => {
          cancel = null;
          deliver();
        });
        return;
      }
      parcels.shift();
      hand(next.load);
    }
  }

  function hand(load: Parcel["load"]): void {
    if (load === "end") to.end();
    else if (load === "close") {
      setting.wakers.delete(deliver);
      to.destroy();
    } else {
      bytes -= load.length;
      if (bytes <= WINDOW_BYTES) from.resume();
      if (to.destroyed || to.write(load)) return;
      isBlocked = true;
      to.once("drain", () => {
        isBlocked = false;
        deliver();
      });
    }
  }

  setting.wakers.add(deliver);
  from.on("data", take);
  from.on("end", () => {
    take("end");
  });
  writer.on("close", () => {
    isBlocked = false;
    take("close");
  });
}
