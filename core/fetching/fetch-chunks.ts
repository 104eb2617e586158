import type { Random } from "#core/base/random.ts";

const MISSING = 0;
const ASKED = 1;
const HERE = 2;

/**
 * Which chunks are missing, asked for, or here. Hands them out in order from a
 * start, around the end; what was given back comes first.
 */
export class ChunkPlan {
  readonly count: number;
  readonly #start: number;
  readonly #states: Uint8Array;
  #again: number[] = [];
  /** How far the first and the second pass are from the start. */
  #sparing = 0;
  #passed = 0;
  #here = 0;

  constructor(count: number, start = 0) {
    this.count = count;
    this.#start = start;
    this.#states = new Uint8Array(count);
  }

  get here(): number {
    return this.#here;
  }

  get isDone(): boolean {
    return this.#here === this.count;
  }

  isHere(index: number): boolean {
    return this.#states[index] === HERE;
  }

  /**
   * The next chunk to ask for, marked as asked; null when none is missing. The
   * first pass leaves out those to spare: others can bring them.
   */
  take(isSpared: (index: number) => boolean = () => false): number | null {
    const again = this.#takeAgain((index) => !isSpared(index));
    if (again !== null) return again;
    while (this.#sparing < this.count) {
      const index = this.#at(this.#sparing++);
      if (this.#states[index] === MISSING && !isSpared(index))
        return this.#ask(index);
    }
    while (this.#passed < this.count) {
      const index = this.#at(this.#passed++);
      if (this.#states[index] === MISSING) return this.#ask(index);
    }
    return this.#takeAgain(() => true);
  }

  /** The last given back that is missing still, and wanted. */
  #takeAgain(isWanted: (index: number) => boolean): number | null {
    for (let at = this.#again.length - 1; at >= 0; at--) {
      const index = this.#again[at];
      if (index === undefined) continue;
      const isHere = this.isHere(index);
      if (!isHere && !isWanted(index)) continue;
      this.#again.splice(at, 1);
      if (!isHere) return index;
    }
    return null;
  }

  /** As `take`, only among some; looks from `from` places after the start on, and answers how far it came. */
  takeAmong(
    isThere: (index: number) => boolean,
    from: number,
  ): { readonly index: number | null; readonly next: number } {
    const again = this.#again.findIndex(isThere);
    if (again >= 0) {
      const [index = null] = this.#again.splice(again, 1);
      if (index !== null && !this.isHere(index)) return { index, next: from };
    }
    for (let next = from; next < this.count; next++) {
      const index = this.#at(next);
      if (this.#states[index] === MISSING && isThere(index))
        return { index: this.#ask(index), next: next + 1 };
    }
    return { index: null, next: this.count };
  }

  /** Marks this very chunk as asked; false when it is here, or asked for already. */
  takeOne(index: number): boolean {
    if (this.#states[index] === MISSING) {
      this.#ask(index);
      return true;
    }
    const again = this.#again.indexOf(index);
    if (again < 0) return false;
    this.#again.splice(again, 1);
    return !this.isHere(index);
  }

  /** Asked for in vain, or in doubt: to be asked for again. */
  giveBack(index: number): void {
    if (!this.isHere(index)) this.#again.push(index);
  }

  /** Verified. False when it was here already. */
  arrived(index: number): boolean {
    if (this.isHere(index)) return false;
    this.#states[index] = HERE;
    this.#here++;
    return true;
  }

  #at(place: number): number {
    return (this.#start + place) % this.count;
  }

  #ask(index: number): number {
    this.#states[index] = ASKED;
    return index;
  }
}

/**
 * A plan for so many chunks. Those who fetch the same at once begin at different
 * ones, so that soon each has something for the others.
 */
export function planFrom(random: Random, count: number): ChunkPlan {
  return new ChunkPlan(count, random.bytes(4).readUInt32LE() % count);
}
