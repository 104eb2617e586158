import * as v from "valibot";
import type { Clock } from "#core/base/clock.ts";
import type { Source } from "#core/base/state.ts";
import type { Transport } from "#core/network/port.ts";
import { messageKind, openJsonChannel } from "./channel.ts";
import type { Session } from "./session.ts";
import { watchSigns } from "./signs-of-life.ts";

/** Protocol and number of the sign of life. On the wire since 0.1. */
const PRESENCE_PROTOCOL = "commonplace/presence@1";
const PING = 0;

/**
 * A line over the internet that has not answered for this long more is given up,
 * so that another is made: routers forget, addresses change, and no end hears of
 * it. On one network the socket itself is watched, and a cable put back is enough.
 */
const GIVE_UP_MS = 2_000;

/** A session whose signs of life are looked after here. */
export interface Tended extends Session {
  readonly answering: Source<boolean>;
  readonly isSpare: Source<boolean>;
  readonly skew: Source<number | null>;
}

/** The wall clock of the other end, so that a wrong clock can be told from a right one. */
const pingSchema = v.strictObject({
  at: v.optional(v.pipe(v.number(), v.safeInteger())),
});

/** The better line first: straight on one network, then straight, then through a helper. */
const RANKS: Readonly<Record<Transport, number>> = {
  memory: 2,
  tcp: 2,
  internet: 1,
  helper: 0,
};

/** Exchanges signs of life on a line as long as it stands. */
export async function tendLine(session: Tended, clock: Clock): Promise<void> {
  const channel = openJsonChannel(
    session.mux,
    PRESENCE_PROTOCOL,
    session,
    [
      messageKind(pingSchema, ({ at }) => {
        if (at !== undefined) session.skew.set(at - clock.now());
      }),
    ],
    () => undefined,
  );
  const { line } = session;
  const signs = watchSigns(line.stream.rawStream, clock, () => {
    // Whoever is nobody to us yet learns nothing of our clock.
    const isKnown = session.common.peek().size > 0;
    channel.send(PING, isKnown ? { at: clock.now() } : {});
  });
  let cancel = (): void => undefined;
  const end = signs.answering.subscribe(() => {
    const isAnswering = signs.answering.peek();
    session.answering.set(isAnswering);
    cancel();
    const isFar = line.transport === "internet" || line.transport === "helper";
    if (!isAnswering && isFar)
      cancel = clock.after(GIVE_UP_MS, () => {
        line.close();
      });
  });
  await session.closed;
  end();
  cancel();
  signs.stop();
}

/**
 * Of several lines to one device the best that answers is used for files; the
 * others stay, spare, and take over when it dies.
 */
export function preferBest(sessions: readonly Tended[]): void {
  const best = new Map<string, Tended>();
  for (const session of sessions) {
    const device = session.device.peek();
    if (device === null) continue;
    const other = best.get(device);
    if (other === undefined || rankOf(session) > rankOf(other))
      best.set(device, session);
  }
  for (const session of sessions) {
    const device = session.device.peek();
    session.isSpare.set(device !== null && best.get(device) !== session);
  }
}

function rankOf(session: Tended): number {
  const rank = RANKS[session.line.transport];
  return session.answering.peek() ? rank : rank - 10;
}
