import { CoreError } from "#core/contract/errors.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Reservation, Room } from "./room.ts";

/** Who watches waits this long for room that is freed by itself, and is told then. */
const WAIT_MS = 3_000;

/**
 * Room for what comes while it is read. A download waits until there is some;
 * who watches is told.
 */
export function createStreamRoom(
  room: Pick<Room, "take">,
  folder: string,
  clock: Clock,
): (bytes: number, signal: AbortSignal) => Promise<Reservation> {
  return async (bytes, signal) => {
    const full = new AbortController();
    const cancels: (() => void)[] = [];
    try {
      return await room.take({
        folder,
        sizes: [bytes],
        signal: AbortSignal.any([signal, full.signal]),
        onWait: () => {
          const cancel = clock.after(WAIT_MS, () => {
            full.abort(new CoreError("disk-full", {}));
          });
          cancels.push(cancel);
        },
      });
    } finally {
      for (const cancel of cancels) cancel();
    }
  };
}
