import { HASH_BYTES, hashChunk } from "#core/files/chunks.ts";

/*
 * A pack is many contents of one chunk each that are asked for together on a
 * bulk lane (FI11), and come back to the main thread as one piece of memory:
 * thousands a second are too many for an object, a promise and a message each.
 */

/** What became of one content; in messages it is its place in this list. */
export const PACK_OUTCOMES = [
  "proved",
  "lack",
  "wrong",
  "other",
  "gone",
] as const;
export type PackOutcome = (typeof PACK_OUTCOMES)[number];

/** What is asked for: the ids on the lane are `first` and those after it. */
export interface PackWish {
  readonly first: number;
  /** 32 bytes each. */
  readonly roots: Uint8Array<ArrayBuffer>;
  /** Bytes expected of each. */
  readonly sizes: Uint32Array<ArrayBuffer>;
}

/** What came of it. */
export interface PackResult {
  /** For each a place in `PACK_OUTCOMES`. */
  readonly outcomes: Uint8Array<ArrayBuffer>;
  /** Room for all, one after another; what is not proved has nothing of meaning in its own. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const GONE = PACK_OUTCOMES.indexOf("gone");

/** A pack that is coming in, in a thread. */
export class PackWant {
  readonly first: number;
  readonly #roots: Buffer;
  readonly #sizes: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #outcomes: Uint8Array<ArrayBuffer>;
  readonly #isOpen: Uint8Array;
  #left: number;

  constructor({ first, roots, sizes }: PackWish) {
    this.first = first;
    this.#roots = Buffer.from(roots.buffer, roots.byteOffset, roots.byteLength);
    this.#sizes = sizes;
    this.#starts = new Uint32Array(sizes.length);
    let total = 0;
    for (const [at, size] of sizes.entries()) {
      this.#starts[at] = total;
      total += size;
    }
    this.#bytes = new Uint8Array(Buffer.allocUnsafeSlow(total).buffer);
    this.#outcomes = new Uint8Array(sizes.length).fill(GONE);
    this.#isOpen = new Uint8Array(sizes.length).fill(1);
    this.#left = sizes.length;
  }

  get isDone(): boolean {
    return this.#left === 0;
  }

  get result(): PackResult {
    return { outcomes: this.#outcomes, bytes: this.#bytes };
  }

  /** Whether an answer to this id is still due. */
  awaits(id: number): boolean {
    return this.#isOpen[id - this.first] === 1;
  }

  lacked(id: number): void {
    this.#settle(id - this.first, "lack");
  }

  /** Proves what came (FI2) and keeps it. */
  came(id: number, bytes: Uint8Array): void {
    const at = id - this.first;
    if (bytes.byteLength !== this.#sizes[at]) this.#settle(at, "other");
    else if (this.#isProved(at, bytes)) {
      this.#bytes.set(bytes, this.#starts[at]);
      this.#settle(at, "proved");
    } else this.#settle(at, "wrong");
  }

  #isProved(at: number, bytes: Uint8Array): boolean {
    const from = at * HASH_BYTES;
    return hashChunk(hashChunk(bytes)).equals(
      this.#roots.subarray(from, from + HASH_BYTES),
    );
  }

  #settle(at: number, outcome: PackOutcome): void {
    this.#outcomes[at] = PACK_OUTCOMES.indexOf(outcome);
    this.#isOpen[at] = 0;
    this.#left--;
  }
}
