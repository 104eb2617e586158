import { delay, type Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";

/** What is done at a topic. */
export interface TopicWork {
  /** Asks who is there and leaves our notice; false where nobody took it. */
  post(key: string): Promise<boolean>;
  /** Asks again who is there, of few. */
  glance(key: string): Promise<void>;
  /** Called at once when it is wanted no more. */
  leave(key: string): void;
}

/** How a topic is wanted: found at any time, or now and then. */
export type Pace = "always" | "rarely";

/** When what is done at each topic: never much at once, evenly spread. */
export interface Topics {
  /** Replaces the topics, the first wanted first. */
  follow(wanted: ReadonlyMap<string, Pace>): void;
  /** Calls no longer come through: notices are renewed soon. */
  hurry(isMeant: (key: string) => boolean): void;
  /** The network changed, or is there again: all is looked at soon, as at a start. */
  comeBack(): void;
  stop(): void;
}

export interface TopicsOptions {
  readonly work: TopicWork;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/**
 * A look asks about ten nodes at a time, and the DHT client has eighty requests
 * under way; what is over that waits in steps of three quarters of a second. A
 * hundred topics took nine seconds all at once, and one second in turn.
 */
const POSTS_AT_ONCE = 6;
/**
 * Two that come to a topic at the same moment both look before either left a
 * notice. A second look soon after one's own finds whoever left one earlier.
 */
const GLANCE_MS = 500;
/** Nodes forget a notice after thirteen minutes at the earliest. */
const RENEW_MS = [12 * 60_000, 13 * 60_000] as const;
/** The first time sooner, so that what began together does not go on together. */
const SPREAD_MS = [3 * 60_000, 13 * 60_000] as const;
/** A topic of every now and then becomes one of always: its notice may be long gone. */
const PROMOTED_MS = [0, 8 * 60_000] as const;
const HURRY_MS = [0, 20_000] as const;
/** Nobody took it while there was no network: nobody can have found us. */
const AGAIN_MS = [0, 2_000] as const;
/** After nobody took a notice; doubled each time up to the last. */
const FAILED_MS = 15_000;
const FAILED_MOST_MS = 5 * 60_000;
/** All who want a topic rarely come to it in the same minute of each hour, which follows from it. */
const RARELY_MS = 60 * 60_000;
const TICK_MS = 1_000;
/** What is wanted this soon after the start is looked for at once. */
const START_MS = 60_000;
/** And so are a few that come later. More come with the night: the next day's, of all. */
const FEW = 50;
/**
 * A network that comes and goes has what is wanted rarely looked at no more than
 * so often. Whoever was without one for weeks is met when it is there again.
 */
const COME_BACK_MS = 30 * 60_000;

interface Joined {
  pace: Pace;
  /** On the monotonic clock; null while under way or in the queue. */
  dueAt: number | null;
  failures: number;
  hasPosted: boolean;
  /** The network came back in the middle of what is under way. */
  isOvertaken: boolean;
  readonly left: AbortController;
}

export function createTopics(options: TopicsOptions): Topics {
  const { work, clock, random, logger } = options;
  const joined = new Map<string, Joined>();
  const posts = new Set<string>();
  const glances = new Set<string>();
  let began = clock.monotonic();
  let busy = 0;
  let isStopped = false;

  function pump(): void {
    while (busy < POSTS_AT_ONCE && !isStopped) {
      const key = first(posts);
      const glance = key === null ? first(glances) : null;
      if (key === null && glance === null) return;
      busy += 1;
      const task = key === null ? work.glance(glance ?? "") : post(key);
      logger.background("a topic", settled(task));
    }
  }

  async function settled(task: Promise<void>): Promise<void> {
    try {
      await task;
    } catch {
      // Left, or the network went, in the meantime.
    } finally {
      busy -= 1;
      pump();
    }
  }

  async function post(key: string): Promise<void> {
    const one = joined.get(key);
    if (one === undefined) return;
    one.isOvertaken = false;
    const isDone = await work.post(key).catch(() => false);
    if (one.left.signal.aborted) return;
    const isFirst = !one.hasPosted;
    one.hasPosted ||= isDone;
    one.failures = isDone ? 0 : one.failures + 1;
    one.dueAt = clock.monotonic() + pauseOf(key, one, isFirst);
    if (isFirst && isDone)
      logger.background("look again", glanceLater(key, one.left.signal));
  }

  function pauseOf(key: string, one: Joined, isFirst: boolean): number {
    if (one.failures > 0 && one.isOvertaken) return between(AGAIN_MS);
    if (one.failures > 0)
      return Math.min(FAILED_MS * 2 ** (one.failures - 1), FAILED_MOST_MS);
    if (one.pace === "rarely") return untilItsMinute(key);
    return between(isFirst ? SPREAD_MS : RENEW_MS);
  }

  /** By the wall clock, so that others come at the same time. */
  function untilItsMinute(key: string): number {
    const share = Number.parseInt(key.slice(0, 8), 16) / 2 ** 32;
    const passed = clock.now() - Math.floor(share * RARELY_MS);
    const ms = RARELY_MS - (passed % RARELY_MS);
    // Just now is over, when a clock is set right meanwhile.
    return ms < TICK_MS ? ms + RARELY_MS : ms;
  }

  function between([least, most]: readonly [number, number]): number {
    const share = random.bytes(4).readUInt32BE(0) / 2 ** 32;
    return least + share * (most - least);
  }

  async function glanceLater(key: string, signal: AbortSignal): Promise<void> {
    try {
      await delay(clock, between([0, GLANCE_MS]), signal);
    } catch {
      return;
    }
    glances.add(key);
    pump();
  }

  function join(key: string, pace: Pace, isAtOnce: boolean): void {
    const left = new AbortController();
    const one: Joined = {
      pace,
      dueAt: null,
      failures: 0,
      hasPosted: false,
      isOvertaken: false,
      left,
    };
    joined.set(key, one);
    if (pace === "always" || isAtOnce) posts.add(key);
    else one.dueAt = clock.monotonic() + untilItsMinute(key);
  }

  function leave(key: string, one: Joined): void {
    joined.delete(key);
    posts.delete(key);
    glances.delete(key);
    one.left.abort();
    work.leave(key);
  }

  function setPace(one: Joined, pace: Pace): void {
    if (one.pace === pace) return;
    one.pace = pace;
    if (pace === "always") hasten(one, PROMOTED_MS);
  }

  function hasten(one: Joined, within: readonly [number, number]): void {
    if (one.dueAt === null) return;
    one.dueAt = Math.min(one.dueAt, clock.monotonic() + between(within));
  }

  const stopTicking = clock.every(TICK_MS, () => {
    const now = clock.monotonic();
    for (const [key, one] of joined) {
      if (one.dueAt === null || one.dueAt > now) continue;
      one.dueAt = null;
      posts.add(key);
    }
    pump();
  });

  return {
    follow(wanted) {
      for (const [key, one] of [...joined])
        if (!wanted.has(key)) leave(key, one);
      const fresh = [...wanted.keys()].filter((key) => !joined.has(key));
      const isStart = clock.monotonic() - began < START_MS;
      const isAtOnce = isStart || fresh.length <= FEW;
      for (const pace of ["always", "rarely"] as const)
        for (const [key, wish] of wanted) {
          if (wish !== pace) continue;
          const one = joined.get(key);
          if (one === undefined) join(key, pace, isAtOnce);
          else setPace(one, pace);
        }
      pump();
    },
    hurry(isMeant) {
      for (const [key, one] of joined)
        if (one.pace === "always" && isMeant(key)) hasten(one, HURRY_MS);
    },
    comeBack() {
      const now = clock.monotonic();
      const isLong = now - began >= COME_BACK_MS;
      if (isLong) began = now;
      for (const one of joined.values())
        if (one.dueAt === null) one.isOvertaken = true;
        else if (one.failures > 0) hasten(one, AGAIN_MS);
        else if (isLong || one.pace === "always") hasten(one, HURRY_MS);
    },
    stop() {
      isStopped = true;
      stopTicking();
      for (const one of joined.values()) one.left.abort();
    },
  };
}

/** Removes and answers what came first. */
function first(keys: Set<string>): string | null {
  for (const key of keys) {
    keys.delete(key);
    return key;
  }
  return null;
}
