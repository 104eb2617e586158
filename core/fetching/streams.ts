import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Resource } from "#core/base/resource.ts";
import { chunkLength } from "#core/files/chunks.ts";
import type { Fetcher } from "./fetch.ts";
import type { Reading } from "./fetch-reading.ts";
import type { Fetchers } from "./fetchers.ts";
import type { Content } from "#core/files/model.ts";
import type { HoldingReader } from "#core/files/open-holding.ts";
import { ReadingRoom, type TakeRoom } from "#core/files/reading-room.ts";
import { StreamSlots } from "./stream-slots.ts";

export interface StreamsParts {
  /** Reads what is here in full. */
  readonly bytes: Pick<HoldingReader, "chunk">;
  /** Fetches what nobody else has under way. */
  readonly fetcher: Pick<Fetcher, "read">;
  readonly fetchers: Fetchers;
  /** Room for what nobody else has under way. */
  readonly takeRoom: TakeRoom;
  readonly clock: Clock;
}

/** Content read at a time while it arrives; who comes later waits. */
export const STREAMS = 32;
/** Asked for beyond the place of the reader: enough for a player never to wait on a good line. */
export const STREAM_AHEAD_BYTES = 4 * 1024 * 1024;
/** Whoever takes nothing for this long is let go; a player asks again. */
const IDLE_MS = 60_000;
/** Fetches that end under one reader, without a chunk between, before it is told. */
const TRIES = 5;

/** Hands out content while it arrives, chunk by chunk, as fast as it is taken and not faster. */
export class Streams implements Resource {
  readonly #parts: StreamsParts;
  readonly #slots = new StreamSlots(STREAMS);
  readonly #closing = new AbortController();
  readonly #readings = new Set<Reading>();

  constructor(parts: StreamsParts) {
    this.#parts = parts;
  }

  /**
   * Bytes `start` to before `end`, verified (FI2), fetched before everything
   * else. Ends with the reason of the signal when that fires.
   * @throws `file-away` when nobody in reach has them, also midway; `disk-full`
   *   when there is no room for them;
   *   `cancelled` when the app closes, or nothing was taken for long
   */
  async *read(
    content: Content,
    start: number,
    end: number,
    signal: AbortSignal,
  ): AsyncGenerator<Buffer, void, undefined> {
    const idle = new AbortController();
    const stop = AbortSignal.any([signal, this.#closing.signal, idle.signal]);
    const release = await this.#slots.take(stop);
    // Whoever takes nothing any more does not come back here to let go.
    stop.addEventListener("abort", release, { once: true });
    const source = this.#source(content, stop);
    try {
      const { chunkSize } = content;
      const last = Math.floor((end - 1) / chunkSize);
      for (let at = start; at < end;) {
        stop.throwIfAborted();
        const index = Math.floor(at / chunkSize);
        const bytes = await source.chunk(index, last);
        const from = index * chunkSize;
        const piece = bytes.subarray(at - from, end - from);
        const cancel = this.#parts.clock.after(IDLE_MS, () => {
          idle.abort(new CoreError("cancelled", {}));
        });
        try {
          yield piece;
        } finally {
          cancel();
        }
        at += piece.byteLength;
      }
    } finally {
      source.close();
      release();
    }
  }

  close(): Promise<void> {
    this.#closing.abort(new CoreError("cancelled", {}));
    for (const reading of this.#readings) reading.close();
    return Promise.resolve();
  }

  /** Chunks of one content, from where they are: here, or in a fetch, whose end is no end of it. */
  #source(content: Content, stop: AbortSignal) {
    const { bytes, fetcher, fetchers } = this.#parts;
    const { size, chunkSize } = content;
    const ahead = Math.ceil(STREAM_AHEAD_BYTES / chunkSize);
    const room = new ReadingRoom(this.#parts.takeRoom);
    let reading: Reading | null = null;
    /** Whoever downloads it has room for it. */
    let isOwn = false;

    const letGo = (): void => {
      if (reading === null) return;
      this.#readings.delete(reading);
      reading.close();
      reading = null;
    };
    const close = (): void => {
      letGo();
      room.close();
    };
    stop.addEventListener("abort", close, { once: true });

    const open = (): Reading => {
      const found = fetchers.find(content) ?? fetcher;
      isOwn = found === fetcher;
      reading = found.read(content);
      this.#readings.add(reading);
      return reading;
    };

    async function chunk(index: number, last: number): Promise<Buffer> {
      for (let tries = 1; ; tries++) {
        // What has just come in whole is under way until it lies in its place.
        if (reading === null && fetchers.find(content) === null) {
          const held = await bytes.chunk(content.root, index);
          if (held !== null) return held;
        }
        stop.throwIfAborted();
        try {
          const from = reading ?? open();
          if (isOwn && !from.has(index)) {
            const bytes = chunkLength(size, index);
            await room.need(bytes, (last - index) * chunkSize, stop);
          }
          return await from.chunk(index, Math.min(last, index + ahead));
        } catch (error) {
          letGo();
          stop.throwIfAborted();
          // A download that is paused ends its fetch; the reader goes on with another.
          if (tries === TRIES || !isCoreError(error, "cancelled")) throw error;
        }
      }
    }
    return { chunk, close };
  }
}
