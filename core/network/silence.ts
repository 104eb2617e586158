import type { Duplex } from "node:stream";
import type { Clock } from "#core/base/clock.ts";
import { STALLED_FRAME_MS } from "#core/contract/limits.ts";

const LOOK_MS = 5_000;

/** Ends sockets from which nothing came for a while, though both ends send signs of life. */
export interface SilenceWatch {
  add(socket: Duplex): void;
  stop(): void;
}

/**
 * A frame that stalls, a cable pulled and a computer asleep all look alike:
 * silence for STALLED_FRAME_MS. Time in which we did not read ourselves (held
 * back, or too busy to look) does not count.
 */
export function watchSilence(clock: Clock): SilenceWatch {
  const heard = new Map<Duplex, number>();
  let looked = clock.monotonic();

  const cancel = clock.every(LOOK_MS, () => {
    const now = clock.monotonic();
    const wasBusy = now - looked > 2 * LOOK_MS;
    looked = now;
    for (const [socket, last] of heard) {
      if (wasBusy || socket.isPaused()) heard.set(socket, now);
      else if (now - last >= STALLED_FRAME_MS) socket.destroy();
    }
  });

  return {
    add(socket) {
      heard.set(socket, clock.monotonic());
      socket.on("data", () => heard.set(socket, clock.monotonic()));
      socket.on("close", () => heard.delete(socket));
    },
    stop: cancel,
  };
}
