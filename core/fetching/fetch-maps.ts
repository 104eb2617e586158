import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import { chunkCount } from "#core/files/chunks.ts";
import type { ChunkPlan } from "./fetch-chunks.ts";
import type { Lane } from "./fetch-lane.ts";
import type { Content } from "#core/files/model.ts";

/** A map is asked for again after this pause; when it brought nothing, after twice as long. */
const REFRESH_MS = 250;
const REFRESH_LAST_MS = 32_000;

interface LaneMap {
  bits: Buffer;
  /** Where the next look begins, in places after the plan's start. */
  next: number;
  isDue: boolean;
  pauseMs: number;
}

/** Bytes of a map: a bit for each chunk, the first in the lowest bit of the first byte. */
export function mapBytes(size: number): number {
  return Math.ceil(chunkCount(size) / 8);
}

export function isOnMap(map: Buffer, index: number): boolean {
  return (((map[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}

export function putOnMap(map: Buffer, index: number): void {
  map[index >> 3] = (map[index >> 3] ?? 0) | (1 << (index & 7));
}

/**
 * Which chunks the sources have that are still fetching the content themselves.
 * With these a sharer gives each chunk away a few times only, however many want
 * it: the rest goes between those who fetch.
 */
export class ChunkMaps {
  readonly #content: Content;
  readonly #parts: { readonly clock: Clock; readonly logger: Logger };
  readonly #found: (lane: Lane, map: Buffer) => void;
  readonly #lost: (lane: Lane) => void;
  readonly #maps = new Map<Lane, LaneMap>();
  readonly #cancels = new Set<() => void>();

  constructor(
    content: Content,
    parts: { readonly clock: Clock; readonly logger: Logger },
    /** A map came. */
    found: (lane: Lane, map: Buffer) => void,
    /** The lane turned out to have none. */
    lost: (lane: Lane) => void,
  ) {
    this.#content = content;
    this.#parts = parts;
    this.#found = found;
    this.#lost = lost;
  }

  /** Whether a source that is still fetching has this chunk. */
  has(index: number): boolean {
    for (const { bits } of this.#maps.values())
      if (isOnMap(bits, index)) return true;
    return false;
  }

  /** Whether the lane had nothing more that is missing when it was last looked at. */
  isExhausted(lane: Lane): boolean {
    return this.#maps.get(lane)?.next === chunkCount(this.#content.size);
  }

  /** The next chunk to ask this lane for; null when its map shows none, and then a new map is due. */
  take(lane: Lane, plan: ChunkPlan): number | null {
    const map = this.#mapOf(lane);
    const isThere = (index: number): boolean => isOnMap(map.bits, index);
    const { index, next } = plan.takeAmong(isThere, map.next);
    map.next = next;
    if (index === null) this.#refresh(lane, map);
    return index;
  }

  /** Whether the lane's map shows this chunk; when it does not, a new map is due. */
  isThere(lane: Lane, index: number): boolean {
    const map = this.#mapOf(lane);
    const isThere = isOnMap(map.bits, index);
    if (!isThere) this.#refresh(lane, map);
    return isThere;
  }

  drop(lane: Lane): void {
    this.#maps.delete(lane);
  }

  close(): void {
    for (const cancel of this.#cancels) cancel();
    this.#maps.clear();
  }

  #mapOf(lane: Lane): LaneMap {
    const known = this.#maps.get(lane);
    if (known !== undefined) return known;
    const map = {
      bits: Buffer.alloc(0),
      next: 0,
      isDue: false,
      pauseMs: REFRESH_MS,
    };
    this.#maps.set(lane, map);
    return map;
  }

  #refresh(lane: Lane, map: LaneMap): void {
    if (map.isDue) return;
    map.isDue = true;
    if (map.bits.byteLength === 0) {
      this.#parts.logger.background("files map", this.#ask(lane, map));
      return;
    }
    const cancel = this.#parts.clock.after(map.pauseMs, () => {
      this.#cancels.delete(cancel);
      this.#parts.logger.background("files map", this.#ask(lane, map));
    });
    this.#cancels.add(cancel);
  }

  async #ask(lane: Lane, map: LaneMap): Promise<void> {
    const { root, size } = this.#content;
    const bits = await lane.remote.map(root);
    map.isDue = false;
    if (this.#maps.get(lane) !== map) return;
    if (bits?.byteLength !== mapBytes(size)) {
      this.#maps.delete(lane);
      this.#lost(lane);
      return;
    }
    map.pauseMs = bits.equals(map.bits)
      ? Math.min(map.pauseMs * 2, REFRESH_LAST_MS)
      : REFRESH_MS;
    map.bits = bits;
    map.next = 0;
    this.#found(lane, bits);
  }
}
