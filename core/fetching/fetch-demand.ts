import { CoreError } from "#core/contract/errors.ts";
import type { Logger } from "#core/base/logger.ts";
import { isChunkOf } from "#core/files/chunks.ts";
import type { ChunkPlan } from "./fetch-chunks.ts";
import type { Lane } from "./fetch-lane.ts";
import { isOnMap, type ChunkMaps } from "./fetch-maps.ts";
import type { OpenChunks } from "./fetch-open.ts";
import type { PartFile } from "./fetch-part.ts";
import { asError } from "./fetch-progress.ts";
import { Reading } from "./fetch-reading.ts";
import type { Content } from "#core/files/model.ts";

export interface DemandParts {
  readonly content: Content;
  readonly plan: ChunkPlan;
  readonly maps: ChunkMaps;
  readonly open: OpenChunks;
  readonly logger: Logger;
  /** There is more to ask for, or less. */
  readonly onChange: () => void;
}

/** Nobody in reach has what is read: it is waited for this long before the reader is told. */
const AWAY_MS = 4_000;

/**
 * What is read of a content while it arrives: the places where readers are come
 * before everything else, and are all that comes when nobody wants the whole.
 */
export class Demand {
  readonly #parts: DemandParts;
  readonly #readings = new Set<Reading>();
  #file: PartFile | null = null;
  #list: Buffer | null = null;
  #isEnded = false;
  #failure: Error | null = null;
  #awaySince: number | null = null;

  constructor(parts: DemandParts) {
    this.#parts = parts;
  }

  /** Whether anybody reads. */
  get isRead(): boolean {
    return this.#readings.size > 0;
  }

  /** Whether anybody waits for something that is not here. */
  get isWaitedFor(): boolean {
    return [...this.#readings].some((reading) => reading.isWaiting);
  }

  /** A new reader; it is to be closed. `onClose` runs once, after it let go. */
  read(onClose: () => void): Reading {
    const reading = new Reading({
      move: () => {
        this.#awaySince = null;
        this.#parts.onChange();
      },
      isHere: (index) =>
        this.#file !== null &&
        this.#list !== null &&
        isOnMap(this.#file.map, index),
      take: (index) => this.#take(index),
      failure: () => this.#failure,
      close: () => {
        this.#readings.delete(reading);
        this.#parts.onChange();
        this.#letGo();
        onClose();
      },
    });
    this.#readings.add(reading);
    return reading;
  }

  /** Chunks can be read from this file from now on, and for as long as somebody reads. */
  opened(file: PartFile): void {
    this.#file = file;
    file.retain();
  }

  listed(list: Buffer): void {
    this.#list = list;
    // Whoever waits for what an earlier fetch left can have it now.
    for (const reading of this.#readings) reading.look();
  }

  /** A chunk was verified and written. */
  arrived(index: number): void {
    for (const reading of this.#readings) reading.arrived(index);
  }

  /** Nothing more will come: everything is here, or an error. Readers of what is here go on. */
  ended(error: Error | null): void {
    this.#isEnded = true;
    this.#failure ??= error;
    for (const reading of this.#readings) reading.look();
    this.#letGo();
  }

  /** Ends every reader. */
  close(reason: unknown): void {
    this.#failure ??= asError(reason);
    for (const reading of [...this.#readings]) {
      reading.look();
      reading.close();
    }
  }

  /** To be called every second or so: tells readers when nobody has had it for some time. */
  check(isAway: boolean, now: number): void {
    if (!isAway || !this.isWaitedFor) {
      this.#awaySince = null;
      return;
    }
    this.#awaySince ??= now;
    if (now - this.#awaySince < AWAY_MS) return;
    for (const reading of this.#readings)
      reading.fail(new CoreError("file-away", {}));
  }

  /** The next chunk to ask this lane for, nearest to a reader first; null when there is none. */
  choose(lane: Lane): number | null {
    const { content, plan, maps, open } = this.#parts;
    const holdsSome = lane.holds(content.root) === "some";
    for (let ahead = 0, isMore = true; isMore; ahead++) {
      isMore = false;
      for (const reading of this.#readings) {
        const index = reading.first + ahead;
        if (index > reading.last) continue;
        isMore = true;
        if (plan.isHere(index) || open.isAskedOf(lane, index)) continue;
        if (holdsSome && !maps.isThere(lane, index)) continue;
        if (plan.takeOne(index)) return index;
      }
    }
    return null;
  }

  isDemanded(index: number): boolean {
    for (const { first, last } of this.#readings)
      if (index >= first && index <= last) return true;
    return false;
  }

  /** One chunk that is here, proved once more: what a disk gives back is no more trusted than a line (FI2). */
  async #take(index: number): Promise<Buffer> {
    const list = this.#list;
    const bytes = (await this.#file?.read(index)) ?? null;
    if (list !== null && bytes !== null && isChunkOf(bytes, list, index))
      return bytes;
    throw new CoreError("file-away", {});
  }

  #letGo(): void {
    if (!this.#isEnded || this.#readings.size > 0) return;
    const file = this.#file;
    this.#file = null;
    if (file !== null)
      this.#parts.logger.background("files demand", file.close());
  }
}
