/**
 * Which chunks are missing, asked for, or here. Goes through them in order from
 * a start; what was given back comes first.
 */
export class ChunkPlan {
  readonly count: number;
  readonly #states: Uint8Array;
  readonly #again: number[] = [];
  #next: number;
  #left: number;
  #here = 0;

  constructor(count: number, start = 0) {
    this.count = count;
    this.#states = new Uint8Array(count);
    this.#next = start;
    this.#left = count;
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

  /** The next chunk to ask for, marked as asked; null when none is missing. */
  take(): number | null {
    for (;;) {
      const again = this.#again.pop();
      if (again === undefined) break;
      if (!this.isHere(again)) return again;
    }
    while (this.#left > 0) {
      const index = this.#next;
      this.#left--;
      this.#next = (index + 1) % this.count;
      if (this.#states[index] !== MISSING) continue;
      this.#states[index] = ASKED;
      return index;
    }
    return null;
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
}

const MISSING = 0;
const ASKED = 1;
const HERE = 2;
