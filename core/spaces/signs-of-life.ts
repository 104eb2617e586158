import type { Clock } from "#core/base/clock.ts";
import { createState, type State } from "#core/base/state.ts";

/** A word this often on a line, so that the other end can count on one. */
const PING_MS = 3_000;
/** No word for this long: whoever was there is not now. */
const QUIET_MS = 8_000;

/** What is listened to: below the encryption, where a long message shows while it still comes. */
interface Heard {
  on(event: "data", listener: () => void): unknown;
  off(event: "data", listener: () => void): unknown;
}

export interface SignsOfLife {
  /** False once nothing came for eight seconds, though the line may still stand. */
  readonly answering: State<boolean>;
  stop(): void;
}

/**
 * A line that died without a word stands for half a minute; a person should see
 * within ten seconds that nobody is there. Time in which this end was too busy to
 * read does not count.
 */
export function watchSigns(
  stream: Heard,
  clock: Clock,
  ping: () => void,
): SignsOfLife {
  const answering = createState(true);
  let heard = clock.monotonic();
  let looked = heard;

  function onData(): void {
    heard = clock.monotonic();
    answering.set(true);
  }

  stream.on("data", onData);
  const cancel = clock.every(PING_MS / 2, () => {
    const now = clock.monotonic();
    if (now - looked > PING_MS) heard = now;
    looked = now;
    if (now - heard >= QUIET_MS) answering.set(false);
  });
  const cancelPing = clock.every(PING_MS, ping);
  return {
    answering,
    stop() {
      cancel();
      cancelPing();
      stream.off("data", onData);
    },
  };
}
