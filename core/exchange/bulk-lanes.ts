import type { Clock } from "#core/base/clock.ts";
import type { Random } from "#core/base/random.ts";
import type { Logger } from "#core/base/logger.ts";
import { createState, type State } from "#core/base/state.ts";
import type { Session } from "#core/spaces/session.ts";
import {
  makeBulkIdentity,
  type BulkIdentity,
} from "#core/network/bulk-certificate.ts";
import { BulkAsking, type BulkRemote } from "./bulk-asking.ts";
import type { LaneMessage } from "./bulk-lane-wire.ts";
import type { FetchNews, FetchOrder } from "./bulk-messages.ts";
import type { BulkThread, ThreadLane } from "./bulk-thread.ts";

export interface BulkFetchParts {
  readonly session: Pick<Session, "line" | "person">;
  readonly thread: BulkThread<FetchOrder, FetchNews>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  send(message: LaneMessage): void;
}

/** A lane that nobody uses is closed after this time: its thread and its connection are not free. */
const IDLE_MS = 30_000;
/** After a failure the next lane is tried after this time, then after twice as long, and so on. */
const AGAIN_FIRST_MS = 5_000;
const AGAIN_LAST_MS = 10 * 60_000;
/** From wanting to up; the other end's thread may have to start first. */
const OPEN_MS = 8_000;

interface Opening {
  readonly thread: ThreadLane<FetchOrder>;
  readonly asking: BulkAsking;
  readonly isReversed: boolean;
  readonly identity: BulkIdentity;
  hasAgreed: boolean;
}

/**
 * The bulk lane on which this end of a line fetches (FI11). Opened when somebody
 * wants much, closed when nobody does; without one everything goes over the line.
 */
export class BulkFetching {
  readonly #parts: BulkFetchParts;
  readonly #up = createState<BulkRemote | null>(null);
  #opening: Opening | null = null;
  #isReversed = false;
  #notBefore = Number.NEGATIVE_INFINITY;
  #againMs = AGAIN_FIRST_MS;
  #cancel = (): void => undefined;
  #isClosed = false;

  constructor(parts: BulkFetchParts) {
    this.#parts = parts;
  }

  /** The lane while it stands. */
  get up(): State<BulkRemote | null> {
    return this.#up;
  }

  /** There is much to fetch: opens a lane, where one can be. */
  want(): void {
    const { session, thread, clock } = this.#parts;
    if (this.#isClosed || this.#opening !== null) return;
    if (!canHaveLane(session) || clock.monotonic() < this.#notBefore) return;
    const lane: ThreadLane<FetchOrder> = thread.open((news) => {
      if (this.#opening === opening) this.#hear(opening, news);
    });
    const opening: Opening = {
      thread: lane,
      asking: new BulkAsking(lane),
      isReversed: this.#isReversed,
      identity: makeBulkIdentity(this.#parts.random),
      hasAgreed: false,
    };
    this.#opening = opening;
    this.#parts.send({
      kind: "want",
      lane: lane.lane,
      fingerprint: opening.identity.fingerprint,
      isReversed: opening.isReversed,
    });
    this.#cancel();
    this.#cancel = clock.after(OPEN_MS, () => {
      this.#end(opening);
    });
  }

  /** What the other end says about a lane we want. */
  hear(message: LaneMessage): void {
    const opening = this.#opening;
    const { ends } = this.#parts.session.line;
    if (message.lane !== opening?.thread.lane || ends === null) return;
    const { thread } = opening;
    const { lane } = thread;
    if (message.kind === "refuse") this.#end(opening);
    if (message.kind !== "agree" || opening.hasAgreed) return;
    opening.hasAgreed = true;
    const { fingerprint: peer, port, token } = message;
    const pins = { identity: opening.identity, peer };
    if (opening.isReversed)
      thread.order({ kind: "listen", lane, host: ends.local, pins });
    else
      thread.order({
        kind: "dial",
        lane,
        host: ends.remote,
        port,
        token,
        pins,
      });
  }

  /** The line is gone. */
  close(): void {
    this.#isClosed = true;
    if (this.#opening !== null) this.#end(this.#opening);
  }

  #hear(opening: Opening, news: FetchNews): void {
    const { lane } = news;
    switch (news.kind) {
      case "listening":
        if (news.port === 0) break;
        this.#parts.send({
          kind: "listen",
          lane,
          port: news.port,
          token: Buffer.from(news.token),
        });
        break;
      case "up":
        this.#againMs = AGAIN_FIRST_MS;
        this.#up.set(opening.asking);
        this.#watchIdle(opening);
        break;
      case "settled":
        opening.asking.settled(news.settled);
        break;
      case "pack":
        opening.asking.packCame(news.first, news.result);
        break;
      case "released":
        opening.asking.released(news.file, news.outcome);
        break;
      case "down":
        this.#down(opening, news.why);
        break;
    }
  }

  #watchIdle(opening: Opening): void {
    this.#cancel();
    let wasIdle = false;
    this.#cancel = this.#parts.clock.every(IDLE_MS / 2, () => {
      if (wasIdle && opening.asking.isIdle) this.#end(opening);
      wasIdle = opening.asking.isIdle;
    });
  }

  #end({ thread }: Opening): void {
    thread.order({ kind: "end", lane: thread.lane });
  }

  #down(opening: Opening, why: string): void {
    const { clock, logger, session } = this.#parts;
    this.#cancel();
    this.#opening = null;
    const wasUp = this.#up.peek() === opening.asking;
    this.#up.set(null);
    opening.asking.down();
    logger.debug("bulk lane down", { why, wasUp });
    if (wasUp && why === "closed") return;
    // An end that could call us can be called: a wall may stand on one side only.
    const canReverse = !session.line.isInitiator && opening.hasAgreed && !wasUp;
    if (canReverse && !opening.isReversed) {
      this.#isReversed = true;
      this.want();
      return;
    }
    this.#notBefore = clock.monotonic() + this.#againMs;
    this.#againMs = Math.min(this.#againMs * 2, AGAIN_LAST_MS);
  }
}

/** Only beside a line on one network, to a device that proved whose it is (ME4). */
export function canHaveLane({
  line,
  person,
}: Pick<Session, "line" | "person">): boolean {
  return line.ends !== null && person.peek() !== null;
}
