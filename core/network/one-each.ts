import { neverRejects } from "#core/base/never-rejects.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Line } from "./port.ts";

/** Two that dial each other at once are told apart from a second try by this age. */
const YOUNG_MS = 2_000;
/** Time for the dialling end to hang up a line it does not need. */
const HOLD_MS = 1_000;

interface Known {
  readonly line: Line;
  readonly since: number;
}

/** Of both ends, the same for all lines between the two. */
export interface Keys {
  readonly publicKey: Buffer;
  readonly remotePublicKey: Buffer;
}

/** Keeps one line to each other end, though both may dial, and at several addresses. */
export interface OneEach {
  /**
   * Takes a line that is up. Announces it, drops it, or holds it for a moment;
   * answers with the line that stands for that end now. `keys` tell the ends
   * apart; those of the handshake, when left out.
   */
  add(line: Line, keys?: Keys): Line;
}

/**
 * Both ends come to the same choice without a word: the end that dials knows
 * best whether it has a line already, so the dialled end waits for it to hang
 * up. When both dialled at once, the line dialled by the greater key stays.
 */
export function createOneEach(
  clock: Clock,
  announce: (line: Line) => void,
): OneEach {
  const known = new Map<string, Known>();
  const held = new Set<string>();

  function keep(key: string, line: Line): Line {
    const entry = { line, since: clock.monotonic() };
    known.set(key, entry);
    neverRejects(
      line.closed.then(() => {
        if (known.get(key) === entry) known.delete(key);
      }),
    );
    announce(line);
    return line;
  }

  function replace(key: string, line: Line): Line {
    known.get(key)?.line.close();
    return keep(key, line);
  }

  async function hold(key: string, line: Line, old: Line): Promise<void> {
    held.add(key);
    let cancel = (): void => undefined;
    const waited = new Promise<void>((resolve) => {
      cancel = clock.after(HOLD_MS, resolve);
    });
    await Promise.race([line.closed, old.closed, waited]);
    cancel();
    held.delete(key);
    if (!line.stream.destroying) replace(key, line);
  }

  return {
    add(line, { publicKey, remotePublicKey } = line.stream) {
      const key = remotePublicKey.toString("hex");
      const old = known.get(key);
      if (old === undefined || old.line.stream.destroying)
        return keep(key, line);
      const isYoung = clock.monotonic() - old.since < YOUNG_MS;
      // Each end dialled one of the two, whichever came up here first.
      if (old.line.isInitiator !== line.isInitiator && isYoung) {
        const isGreater = publicKey.compare(remotePublicKey) > 0;
        if (isGreater === line.isInitiator) return replace(key, line);
        line.close();
        return old.line;
      }
      if (line.isInitiator || held.has(key)) {
        line.close();
        return old.line;
      }
      neverRejects(hold(key, line, old.line));
      return old.line;
    },
  };
}
