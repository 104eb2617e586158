import { stat } from "node:fs/promises";
import type { Fetcher } from "#core/fetching/fetch.ts";
import { partPath } from "#core/fetching/fetch-part.ts";
import type { Fetched } from "#core/fetching/fetch-part.ts";
import type { Sink } from "#core/fetching/fetch-batch.ts";
import type { Content } from "#core/files/model.ts";
import type { Room } from "./room.ts";

/** What a download needs of a fetcher. */
export type Fetching = Pick<Fetcher, "fetch" | "fetchMany">;

type FetchOptions = NonNullable<Parameters<Fetching["fetch"]>[1]>;

/** What a disk gives out at once: a file of one byte takes this much. */
const BLOCK_BYTES = 4_096;

/** A fetcher that begins with nothing the disk, or the app's part of it, has no room for. */
export class RoomFetcher implements Fetching {
  readonly #fetcher: Fetching;
  readonly #room: Room;
  readonly #folder: string;

  /** `folder` is where the fetcher lets its files grow. */
  constructor(fetcher: Fetching, room: Room, folder: string) {
    this.#fetcher = fetcher;
    this.#room = room;
    this.#folder = folder;
  }

  /** As `Fetcher.fetch`, once there is room. */
  async fetch(content: Content, options: FetchOptions = {}): Promise<Fetched> {
    for (;;) {
      const here = await this.#grown(content);
      const reservation = await this.#take(
        [Math.max(0, content.size - here)],
        options,
        here,
      );
      try {
        return await this.#fetcher.fetch(content, {
          ...options,
          signal: joined(options.signal, reservation.revoked),
          onProgress: (progress) => {
            reservation.written(progress.verifiedBytes - here);
            options.onProgress?.(progress);
          },
        });
      } catch (error) {
        options.signal?.throwIfAborted();
        if (!reservation.revoked.aborted) throw error;
      } finally {
        reservation.release();
      }
    }
  }

  /** As `Fetcher.fetchMany`, as many at once as there is room for. */
  async fetchMany(
    contents: readonly Content[],
    sink: Sink,
    options: FetchOptions = {},
  ): Promise<void> {
    let left = contents;
    let bytes = 0;
    let done = 0;
    while (left.length > 0) {
      const reservation = await this.#take(
        left.map(({ size }) => Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES),
        options,
        bytes,
      );
      const granted = new Set(reservation.granted);
      const now = left.filter((_, index) => granted.has(index));
      const arrived = new Set<Content>();
      try {
        await this.#fetcher.fetchMany(
          now,
          async (verified) => {
            await sink(verified);
            for (const { content } of verified) arrived.add(content);
          },
          {
            ...options,
            signal: joined(options.signal, reservation.revoked),
            onProgress: (progress) => {
              reservation.written(progress.verifiedBytes);
              options.onProgress?.({
                ...progress,
                verifiedBytes: bytes + progress.verifiedBytes,
                done: done + progress.done,
              });
            },
          },
        );
        for (const content of now) arrived.add(content);
      } catch (error) {
        options.signal?.throwIfAborted();
        if (!reservation.revoked.aborted) throw error;
      } finally {
        reservation.release();
      }
      for (const { size } of arrived) bytes += size;
      done += arrived.size;
      left = left.filter((content) => !arrived.has(content));
    }
  }

  #take(sizes: readonly number[], options: FetchOptions, here: number) {
    return this.#room.take({
      folder: this.#folder,
      sizes,
      signal: options.signal,
      onWait: () => {
        options.onProgress?.({
          verifiedBytes: here,
          done: 0,
          isWaiting: true,
          sources: [],
        });
      },
    });
  }

  /** What lies there of an earlier try; a file with holes takes less than its size. */
  async #grown(content: Content): Promise<number> {
    const seen = await stat(partPath(this.#folder, content)).catch(() => null);
    return seen === null ? 0 : Math.min(content.size, seen.blocks * 512);
  }
}

function joined(
  signal: AbortSignal | undefined,
  revoked: AbortSignal,
): AbortSignal {
  return signal === undefined ? revoked : AbortSignal.any([signal, revoked]);
}
