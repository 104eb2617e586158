import type { TLSSocket } from "node:tls";
import type { Clock } from "#core/base/clock.ts";
import {
  dialBulk,
  listenBulk,
  type LinkTools,
} from "#core/network/bulk-link.ts";
import type { FrameReader } from "./bulk-frames.ts";
import type { LaneEnd, LinkNews, LinkOrder } from "./bulk-messages.ts";

/** This thread's half of one lane. */
export interface BulkEnd {
  readonly frames: FrameReader;
  /** The link is up: from now on it may be written to. */
  begin(socket: TLSSocket): void;
  /** The link is gone; resolves when no file is open for it. */
  ended(): Promise<void>;
}

/** What an end may do about its own lane. */
export interface EndTools {
  readonly lane: number;
  readonly clock: Clock;
  /** Ends the lane. */
  end(why: LaneEnd): void;
}

interface Lane<End> {
  readonly end: End;
  socket: TLSSocket | null;
  /** Stops what is on its way to a link. */
  stop: () => void;
}

/** Brings lanes up in a worker thread and tells how they fare (FI11). */
export class BulkLinks<End extends BulkEnd> {
  readonly #post: (news: LinkNews) => void;
  readonly #makeEnd: (tools: EndTools) => End;
  readonly #tools: LinkTools;
  readonly #lanes = new Map<number, Lane<End>>();
  /** Their files are being closed. */
  readonly #ending = new Set<number>();

  constructor(
    post: (news: LinkNews) => void,
    makeEnd: (tools: EndTools) => End,
    tools: LinkTools,
  ) {
    this.#post = post;
    this.#makeEnd = makeEnd;
    this.#tools = tools;
  }

  /** The end of a lane; undefined when that is gone. */
  find(lane: number): End | undefined {
    return this.#lanes.get(lane)?.end;
  }

  take(order: LinkOrder): void {
    const { lane: number } = order;
    const known = this.#lanes.get(number);
    if (order.kind !== "end")
      this.#link(number, known ?? this.#make(number), order).catch(rethrow);
    else if (known !== undefined) this.#end(number, known, "closed");
    // It never began.
    else if (!this.#ending.has(number))
      this.#post({ kind: "down", lane: number, why: "closed" });
  }

  #make(number: number): Lane<End> {
    const lane: Lane<End> = {
      end: this.#makeEnd({
        lane: number,
        clock: this.#tools.clock,
        end: (why) => {
          this.#end(number, lane, why);
        },
      }),
      socket: null,
      stop: () => undefined,
    };
    this.#lanes.set(number, lane);
    return lane;
  }

  async #link(
    number: number,
    lane: Lane<End>,
    order: Exclude<LinkOrder, { kind: "end" }>,
  ): Promise<void> {
    const { end } = lane;
    const { pins } = order;
    let socket: TLSSocket | null;
    if (order.kind === "listen") {
      const listener = await listenBulk(order.host, pins, this.#tools);
      const { port = 0, token = Buffer.alloc(0) } = listener ?? {};
      this.#post({ kind: "listening", lane: number, port, token });
      lane.stop = () => listener?.close();
      if (this.#lanes.get(number) !== lane) lane.stop();
      socket = (await listener?.link) ?? null;
      socket?.on("data", (bytes: Buffer) => {
        end.frames.feed(bytes);
      });
      socket?.resume();
    } else {
      const { host, port } = order;
      const to = { host, port, token: Buffer.from(order.token) };
      const reading = {
        buffer: () => end.frames.buffer(),
        came: (count: number) => {
          end.frames.came(count);
        },
      };
      socket = await dialBulk(to, pins, reading, this.#tools);
    }
    if (socket === null || this.#lanes.get(number) !== lane) {
      socket?.destroy();
      this.#end(number, lane, "closed");
      return;
    }
    lane.socket = socket;
    socket.on("close", () => {
      this.#end(number, lane, "closed");
    });
    if (socket.destroyed) {
      this.#end(number, lane, "closed");
      return;
    }
    end.begin(socket);
    this.#post({ kind: "up", lane: number });
  }

  #end(number: number, lane: Lane<End>, why: LaneEnd): void {
    if (this.#lanes.get(number) !== lane) return;
    this.#lanes.delete(number);
    lane.stop();
    lane.socket?.destroy();
    this.#ending.add(number);
    lane.end.ended().then(() => {
      this.#ending.delete(number);
      this.#post({ kind: "down", lane: number, why });
    }, rethrow);
  }
}

/** Out of the promise, so that it ends the thread, and its owner is told. */
export function rethrow(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
