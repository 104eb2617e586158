import { createState } from "#core/base/state.ts";
import { CHUNK_MIN_BYTES } from "#core/contract/limits.ts";
import type { ContentReader, GrowingReader } from "./content-reader.ts";
import type { Exchange } from "./exchange.ts";
import type { Remote } from "./exchange-remote.ts";
import type { RateLimit } from "./rate.ts";
import { LimitedRemote } from "./rate-remote.ts";

export interface RateLimits {
  /** What is asked of others. */
  readonly down: RateLimit;
  /** What is read for others. */
  readonly up: RateLimit;
}

/**
 * The exchange with a limit to how fast chunks come and go, over all lines
 * together. Posts, lists and questions are not held up.
 */
export function limitExchange(
  exchange: Exchange,
  { down, up }: RateLimits,
): Exchange {
  const limited = new Map<Remote, LimitedRemote>();
  const remotes = createState<readonly Remote[]>([]);

  function of(remote: Remote): LimitedRemote {
    const known = limited.get(remote) ?? new LimitedRemote(remote, down);
    limited.set(remote, known);
    return known;
  }

  function look(): void {
    const now = exchange.remotes.peek();
    for (const [remote, one] of limited)
      if (!now.includes(remote)) {
        limited.delete(remote);
        one.close();
      }
    remotes.set(now.map(of));
  }
  look();
  exchange.remotes.subscribe(look);

  return {
    ...exchange,
    remotes,
    onNews(listener) {
      exchange.onNews((remote, spaces) => {
        listener(of(remote), spaces);
      });
    },
    serveGrowing(reader) {
      exchange.serveGrowing(limitGrowing(reader, up));
    },
  };
}

/** Reads for others no faster than the limit allows: who reads a chunk takes a turn before. */
export function limitReader(
  reader: ContentReader,
  up: RateLimit,
): ContentReader {
  return {
    held: (root) => reader.held(root),
    lookUp: (roots) => reader.lookUp?.(roots),
    list: (root) => reader.list(root),
    // Threads that serve by themselves know no limit.
    file: (root) => (up.isOpen ? (reader.file?.(root) ?? null) : null),
    small: (root) => (up.isOpen ? (reader.small?.(root) ?? null) : null),
    gave: (bytes) => {
      up.count(bytes, 0);
    },
    turn: (pass, rank) => up.enter(pass, rank),
    async chunk(root, index, room) {
      const chunk = await reader.chunk(root, index, room);
      up.count(chunk?.byteLength ?? 0, CHUNK_MIN_BYTES);
      return chunk;
    },
  };
}

function limitGrowing(reader: GrowingReader, up: RateLimit): GrowingReader {
  return { ...limitReader(reader, up), map: (root) => reader.map(root) };
}
