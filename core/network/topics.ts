import type Hyperswarm from "hyperswarm";
import { delay, type Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";

/** The topics of one swarm: joined a few at a time, the first wanted first. */
export interface Topics {
  /** Replaces the topics, keyed by anything that tells them apart. */
  follow(wanted: ReadonlyMap<string, Buffer>): void;
  stop(): void;
}

export interface TopicsOptions {
  readonly swarm: Pick<Hyperswarm, "join" | "leave">;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/**
 * A look asks about ten nodes at a time, and the DHT client has eighty requests
 * under way; what is over that waits in steps of three quarters of a second. A
 * hundred topics took nine seconds all at once, and one second in turn.
 */
const LOOKS_AT_ONCE = 6;
/**
 * Two that join a topic at the same moment both look before either is announced.
 * A second look soon after one's own announcement finds whoever announced
 * earlier; the library's own comes after ten minutes.
 */
const LOOK_AGAIN_MS = 500;

interface Joined {
  readonly topic: Buffer;
  readonly left: AbortController;
}

type Look = () => Promise<void>;

export function createTopics(options: TopicsOptions): Topics {
  const { swarm, clock, random, logger } = options;
  const joined = new Map<string, Joined>();
  const first = new Map<string, Look>();
  const again = new Map<string, Look>();
  let busy = 0;

  function pump(): void {
    while (busy < LOOKS_AT_ONCE) {
      const look = take(first) ?? take(again);
      if (look === null) return;
      busy += 1;
      logger.background("look for a topic", run(look));
    }
  }

  async function run(look: Look): Promise<void> {
    try {
      await look();
    } catch {
      // Left, or the network went, in the meantime.
    } finally {
      busy -= 1;
      pump();
    }
  }

  function join(key: string, topic: Buffer): void {
    const left = new AbortController();
    first.set(key, async () => {
      const discovery = swarm.join(topic, { server: true, client: true });
      joined.set(key, { topic, left });
      await discovery.flushed();
      logger.background("look again", lookAgain(key, discovery, left.signal));
    });
  }

  async function lookAgain(
    key: string,
    discovery: Hyperswarm.Discovery,
    signal: AbortSignal,
  ): Promise<void> {
    const share = random.bytes(2).readUInt16BE(0) / 0x10000;
    try {
      await delay(clock, share * LOOK_AGAIN_MS, signal);
    } catch {
      return;
    }
    again.set(key, async () => {
      await discovery.refresh();
    });
    pump();
  }

  function leave(key: string, one: Joined): void {
    joined.delete(key);
    again.delete(key);
    one.left.abort();
    logger.background("leave a topic", swarm.leave(one.topic));
  }

  return {
    follow(wanted) {
      for (const key of [...first.keys()])
        if (!wanted.has(key)) first.delete(key);
      for (const [key, one] of [...joined])
        if (!wanted.has(key)) leave(key, one);
      for (const [key, topic] of wanted)
        if (!joined.has(key) && !first.has(key)) join(key, topic);
      pump();
    },
    stop() {
      first.clear();
      again.clear();
      for (const one of joined.values()) one.left.abort();
    },
  };
}

/** Removes and answers the oldest entry. */
function take(looks: Map<string, Look>): Look | null {
  for (const [key, look] of looks) {
    looks.delete(key);
    return look;
  }
  return null;
}
