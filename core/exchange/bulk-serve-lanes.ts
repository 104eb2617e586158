import type { Clock } from "#core/base/clock.ts";
import type { Random } from "#core/base/random.ts";
import { makeBulkIdentity } from "#core/network/bulk-certificate.ts";
import type { BulkPins } from "#core/network/bulk-link.ts";
import type { LaneMessage } from "./bulk-lane-wire.ts";
import { canHaveLane } from "./bulk-lanes.ts";
import type { ServeNews, ServeOrder } from "./bulk-messages.ts";
import { BulkServing } from "./bulk-serving.ts";
import type { BulkThread, ThreadLane } from "./bulk-thread.ts";
import type { ServeParts } from "./serve-parts.ts";
import type { Session } from "#core/spaces/session.ts";
import { decodeAsk, decodeIds } from "./wire.ts";

export interface BulkServeLaneParts extends ServeParts {
  readonly session: Pick<
    Session,
    "line" | "person" | "common" | "fault" | "end"
  >;
  readonly thread: BulkThread<ServeOrder, ServeNews>;
  readonly clock: Clock;
  readonly random: Random;
  send(message: LaneMessage): void;
}

/** Lanes begun on one line within a minute; an honest end begins one, and another when that failed. */
const LANES = 10;
const MINUTE_MS = 60_000;

interface Serving {
  readonly thread: ThreadLane<ServeOrder>;
  readonly serving: BulkServing;
  /** The other end's number for it. */
  readonly number: number;
  readonly want: Extract<LaneMessage, { kind: "want" }>;
  readonly pins: BulkPins;
  isUp: boolean;
}

/** The bulk lane on which this end of a line serves: at most one, the last one wanted (FI11). */
export class BulkServeLanes {
  readonly #parts: BulkServeLaneParts;
  #current: Serving | null = null;
  #begun: number[] = [];
  #isClosed = false;

  constructor(parts: BulkServeLaneParts) {
    this.#parts = parts;
  }

  /** What the other end says about the lane it wants. */
  hear(message: LaneMessage): void {
    const { session } = this.#parts;
    if (this.#isClosed) return;
    if (message.kind === "want") this.#begin(message);
    else if (message.kind === "listen") this.#dial(message);
    else session.fault("files-lane-message");
  }

  close(): void {
    this.#isClosed = true;
    this.#end();
  }

  #begin(want: Extract<LaneMessage, { kind: "want" }>): void {
    const { session, thread, clock } = this.#parts;
    this.#end();
    const now = clock.monotonic();
    this.#begun = [...this.#begun.filter((at) => now - at < MINUTE_MS), now];
    if (this.#begun.length > LANES) session.fault("files-lanes-many");
    if (this.#begun.length > LANES || !canHaveLane(session)) {
      this.#parts.send({ kind: "refuse", lane: want.lane });
      return;
    }
    const lane: ThreadLane<ServeOrder> = thread.open((news) => {
      this.#hear(current, news);
    });
    const current: Serving = {
      thread: lane,
      serving: new BulkServing(this.#parts, lane),
      number: want.lane,
      want,
      pins: {
        identity: makeBulkIdentity(this.#parts.random),
        peer: want.fingerprint,
      },
      isUp: false,
    };
    this.#current = current;
    this.#agree(current);
  }

  #dial({ lane: number, port, token }: LaneMessage & { kind: "listen" }): void {
    const current = this.#current;
    const { ends } = this.#parts.session.line;
    if (current?.number !== number || !current.want.isReversed || ends === null)
      return;
    const { thread, pins } = current;
    const { lane } = thread;
    const host = ends.remote;
    thread.order({ kind: "dial", lane, host, port, token, pins });
  }

  #hear(current: Serving, news: ServeNews): void {
    const { thread, serving, want } = current;
    switch (news.kind) {
      case "listening":
        if (news.port > 0)
          this.#parts.send({
            kind: "agree",
            lane: want.lane,
            fingerprint: current.pins.identity.fingerprint,
            port: news.port,
            token: Buffer.from(news.token),
          });
        break;
      case "asked":
        this.#guard(thread, () => {
          serving.ask(decodeAsk(Buffer.from(news.bytes)));
        });
        break;
      case "spared":
        this.#guard(thread, () => {
          serving.spare(decodeIds(Buffer.from(news.bytes)));
        });
        break;
      case "answered":
        serving.answered(news.ids);
        break;
      case "lacked":
        serving.lacked(news.ids);
        break;
      case "failed":
        serving.failed(news.chunk, news.lack);
        break;
      case "small-failed":
        serving.smallFailed(news.id);
        break;
      case "down":
        serving.down();
        // Whoever waits for it need not wait any longer.
        if (!current.isUp)
          this.#parts.send({ kind: "refuse", lane: want.lane });
        if (this.#current === current) this.#current = null;
        break;
      case "up":
        current.isUp = true;
        break;
    }
  }

  #agree({ thread, want, pins }: Serving): void {
    const { ends } = this.#parts.session.line;
    const { lane } = thread;
    if (want.isReversed)
      this.#parts.send({
        kind: "agree",
        lane: want.lane,
        fingerprint: pins.identity.fingerprint,
        port: 0,
        token: Buffer.alloc(0),
      });
    else if (ends !== null)
      thread.order({ kind: "listen", lane, host: ends.local, pins });
  }

  /** What breaks the format ends the lane, and counts on its line (HO1, HO2). */
  #guard(thread: ThreadLane<ServeOrder>, work: () => void): void {
    try {
      work();
    } catch {
      this.#parts.session.fault("files-lane-format");
      thread.order({ kind: "end", lane: thread.lane });
    }
  }

  #end(): void {
    const thread = this.#current?.thread;
    this.#current = null;
    thread?.order({ kind: "end", lane: thread.lane });
  }
}
