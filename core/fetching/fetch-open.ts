import type { Lane, Wanted } from "./fetch-lane.ts";

/** A chunk asked of one lane and not answered yet. */
export interface OpenChunk {
  readonly index: number;
  readonly lane: Lane;
  readonly wanted: Wanted;
  readonly askedAt: number;
  /** It may be asked of another lane as well. */
  isDoubled: boolean;
  /** We asked to be spared it: that it does not come says nothing of the lane. */
  isSpared: boolean;
}

/** The chunks of one content that are asked for; one may be asked of several lanes. */
export class OpenChunks {
  readonly #byIndex = new Map<number, Set<OpenChunk>>();
  /** How many are asked of each lane: looked at after every chunk. */
  readonly #byLane = new Map<Lane, number>();

  add(chunk: OpenChunk): void {
    const chunks = this.#byIndex.get(chunk.index) ?? new Set();
    this.#byIndex.set(chunk.index, chunks.add(chunk));
    const { lane } = chunk;
    this.#byLane.set(lane, (this.#byLane.get(lane) ?? 0) + 1);
  }

  delete(chunk: OpenChunk): void {
    const chunks = this.#byIndex.get(chunk.index);
    if (chunks?.delete(chunk) !== true) return;
    const left = (this.#byLane.get(chunk.lane) ?? 1) - 1;
    if (left > 0) this.#byLane.set(chunk.lane, left);
    else this.#byLane.delete(chunk.lane);
    if (chunks.size === 0) this.#byIndex.delete(chunk.index);
  }

  isAskedOf(lane: Lane, index: number): boolean {
    for (const chunk of this.#byIndex.get(index) ?? [])
      if (chunk.lane === lane) return true;
    return false;
  }

  /** Whether a lane that has not stalled is asked for it. */
  isExpected(index: number): boolean {
    for (const { lane } of this.#byIndex.get(index) ?? [])
      if (!lane.isStalled) return true;
    return false;
  }

  lanes(): readonly Lane[] {
    return [...this.#byLane.keys()];
  }

  isAsking(lane: Lane): boolean {
    return this.#byLane.has(lane);
  }

  /** Marks what was asked for before this moment as doubled, and answers with it; each chunk once. */
  doubleBefore(moment: number): readonly OpenChunk[] {
    const late: OpenChunk[] = [];
    for (const chunk of this.#all()) {
      if (chunk.isDoubled || chunk.askedAt > moment) continue;
      chunk.isDoubled = true;
      late.push(chunk);
    }
    return late;
  }

  /** Asks to be spared what is not needed any more; each of those settles all the same. */
  spare(isNeeded: (index: number) => boolean): void {
    for (const chunk of this.#all()) {
      if (chunk.isSpared || isNeeded(chunk.index)) continue;
      chunk.isSpared = true;
      chunk.lane.cancel([chunk.wanted]);
    }
  }

  /**
   * Asks lanes that hold all to be spared, at most so many, what was asked of them
   * before this moment and is somewhere else by now; each of those settles all the same.
   */
  spareBefore(
    moment: number,
    most: number,
    isElsewhere: (index: number) => boolean,
    holdsAll: (lane: Lane) => boolean,
  ): void {
    let left = most;
    for (const chunk of this.#all()) {
      const { index, lane, wanted, askedAt, isSpared } = chunk;
      if (left === 0 || askedAt > moment) break;
      if (isSpared || !holdsAll(lane) || !isElsewhere(index)) continue;
      chunk.isSpared = true;
      lane.cancel([wanted]);
      left--;
    }
  }

  /** Asks every lane to be spared this chunk. */
  cancelAt(index: number): void {
    for (const { lane, wanted } of this.#byIndex.get(index) ?? [])
      lane.cancel([wanted]);
  }

  cancelAll(): void {
    for (const lane of this.lanes())
      lane.cancel(
        this.#all()
          .filter((chunk) => chunk.lane === lane)
          .map(({ wanted }) => wanted),
      );
  }

  #all(): readonly OpenChunk[] {
    return [...this.#byIndex.values()].flatMap((chunks) => [...chunks]);
  }
}
