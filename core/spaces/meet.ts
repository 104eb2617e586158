import type { KeepId } from "#core/contract/ids.ts";
import { onceATask } from "#core/base/once-a-task.ts";
import { watchSleep } from "#core/base/sleep.ts";
import type { Resource } from "#core/base/resource.ts";
import { createState } from "#core/base/state.ts";
import type { State } from "#core/base/state.ts";
import type {
  Address,
  Line,
  Network,
  Reach,
  Wanted,
} from "#core/network/port.ts";
import { messagesHandled } from "./channel.ts";
import { MeetSession } from "./meet-session.ts";
import type { MeetOptions } from "./meet-session.ts";
import { preferBest, tendLine } from "./presence.ts";
import type { Session, Sessions } from "./session.ts";
import type { Space } from "./space.ts";
import { wantedTopics, type SpacePace } from "./wanted-topics.ts";

/** How often the day's topics are looked at again, in milliseconds. */
const TOPICS_MS = 10 * 60 * 1000;

const ALWAYS = "always" as const;

/** Of several words about one sleep the first counts. */
const WAKE_ONCE_MS = 10_000;

export interface MeetPlaceOptions extends MeetOptions {
  readonly network: Network;
  /** Addresses of contacts and of invites, to hold lines to. */
  readonly wantedAddresses: () => readonly Address[];
  /** How much it takes to meet on a space; always, when left out. */
  readonly paceOf?: (space: Space, sessions: readonly Session[]) => SpacePace;
  /**
   * Whether a keep key is of what is kept here, and not only of a space that somebody
   * may keep: a keeper is found at any time, and looked for rarely.
   */
  readonly isKept?: (keep: KeepId) => boolean;
  /** How far to go for meeting (ME7). */
  readonly reach: () => Reach;
  /** Whom to go through where no direct line comes about, and whether to be gone through (ME9). */
  readonly helping: () => Pick<Wanted, "helpers" | "isHelper">;
  /** Whether the network may be used at all: never before the first invite (ME8). */
  readonly isActive: () => boolean;
}

/**
 * Meets other devices: tells the network what is wanted, and runs the meet
 * protocol on every line that comes of it.
 */
export class Meet implements Sessions, Resource {
  readonly #options: MeetPlaceOptions;
  readonly #live = createState<readonly MeetSession[]>([]);
  readonly #listeners: ((session: Session) => void)[] = [];
  readonly #stop: (() => void)[] = [];
  /** Lines that are up, or closed with messages still being dealt with. */
  readonly #ending = new Set<Promise<void>>();
  #wokeAt = -Infinity;
  #closed = false;
  readonly #refreshSoon = onceATask(() => {
    if (this.#closed) return;
    this.#tellNetwork();
    for (const session of this.#live.peek()) session.refresh();
  });
  /** Tells the network what is wanted now. */
  readonly #lookAgain = onceATask(() => {
    if (!this.#closed) this.#tellNetwork();
  });

  constructor(options: MeetPlaceOptions) {
    this.#options = options;
  }

  get live(): State<readonly Session[]> {
    return this.#live;
  }

  onSession(listener: (session: Session) => void): void {
    this.#listeners.push(listener);
  }

  start(): void {
    const { network, spaces, clock } = this.#options;
    network.onLine((line) => {
      this.#onLine(line);
    });
    this.#stop.push(
      spaces.changed.subscribe(() => {
        this.refresh();
      }),
      clock.every(TOPICS_MS, () => {
        this.refresh();
      }),
      watchSleep(clock, () => {
        this.wake();
      }),
    );
    this.refresh();
  }

  /** Looks again at what is held and wanted, once for all calls of one task. */
  refresh(): void {
    this.#refreshSoon();
  }

  /**
   * The computer slept, or changed networks: lines that stand may be dead without
   * a word. All are dropped and made anew; what was under way goes on there (FI8).
   */
  wake(): void {
    const now = this.#options.clock.monotonic();
    // Both the desktop and the clock may tell of one and the same sleep.
    if (this.#closed || now - this.#wokeAt < WAKE_ONCE_MS) return;
    this.#wokeAt = now;
    this.#options.network.want({ topics: [], addresses: [] });
    for (const { line } of this.#live.peek()) line.close();
    this.refresh();
  }

  /** Closes every line, and waits until what came over it has been dealt with. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#stop) stop();
    for (const { line } of this.#live.peek()) line.close();
    await Promise.all(this.#ending);
  }

  #tellNetwork(): void {
    const { network, spaces, clock, inviteKeys, keepKeys } = this.#options;
    if (!this.#options.isActive()) {
      network.want({ topics: [], addresses: [] });
      return;
    }
    const sessions = this.#live.peek();
    const paceOf = this.#options.paceOf ?? (() => ALWAYS);
    const isKept = this.#options.isKept ?? (() => true);
    const { topics, rarely } = wantedTopics({
      keys: [
        ...inviteKeys().map(({ readKey }) => ({ readKey, pace: ALWAYS })),
        // Who may read is looked for before whoever may not.
        ...spaces.all().map((space) => ({
          readKey: space.readKey,
          pace: paceOf(space, sessions),
        })),
        ...(keepKeys?.() ?? []).map(({ id, readKey }) => ({
          readKey,
          pace: isKept(id) ? ALWAYS : ("rarely" as const),
        })),
      ],
      now: clock.now(),
    });
    network.want({
      topics,
      rarely,
      addresses: this.#options.wantedAddresses(),
      reach: this.#options.reach(),
      ...this.#options.helping(),
    });
  }

  #onLine(line: Line): void {
    if (this.#closed) {
      line.close();
      return;
    }
    const session = new MeetSession(line, this.#options);
    for (const listener of this.#listeners) listener(session);
    this.#live.update((live) => [...live, session]);
    for (const told of [session.device, session.answering])
      told.subscribe(() => {
        preferBest(this.#live.peek());
      });
    // Who is here need not be looked for everywhere.
    session.person.subscribe(() => {
      this.#lookAgain();
    });
    session.start();
    const { clock, logger } = this.#options;
    logger.background("presence", tendLine(session, clock));
    const ended = this.#untilEnded(session).finally(() =>
      this.#ending.delete(ended),
    );
    this.#ending.add(ended);
    this.#options.logger.background("line", ended);
  }

  async #untilEnded(session: MeetSession): Promise<void> {
    await session.closed;
    this.#live.update((live) => live.filter((other) => other !== session));
    preferBest(this.#live.peek());
    this.#lookAgain();
    await messagesHandled(session.mux);
  }
}
