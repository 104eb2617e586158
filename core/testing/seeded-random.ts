import { createHash } from "node:crypto";
import type { Random } from "#core/base/random.ts";

/** Randomness that a seed repeats, with what tests want of it. */
export interface SeededRandom extends Random {
  /** A whole number from 0 to before `most`. */
  below(most: number): number;
  pick<T>(list: readonly T[]): T;
  /** The list in another order. */
  shuffle<T>(list: readonly T[]): T[];
}

/** The same seed gives the same bytes on every machine: SHA-256 of seed and counter. */
export function seededRandom(seed: string): SeededRandom {
  let counter = 0;
  let left = Buffer.alloc(0);
  function bytes(size: number): Buffer {
    while (left.length < size) {
      const hash = createHash("sha256").update(`${seed} ${String(counter)}`);
      counter += 1;
      left = Buffer.concat([left, hash.digest()]);
    }
    const taken = Buffer.from(left.subarray(0, size));
    left = left.subarray(size);
    return taken;
  }
  function below(most: number): number {
    return bytes(6).readUIntBE(0, 6) % most;
  }
  function pick<T>(list: readonly T[]): T {
    const [found] = list.slice(below(list.length));
    if (found === undefined) throw new RangeError("nothing to pick from");
    return found;
  }
  return {
    bytes,
    below,
    pick,
    shuffle(list) {
      const rest = [...list];
      const order = [];
      while (rest.length > 0) order.push(...rest.splice(below(rest.length), 1));
      return order;
    },
  };
}
