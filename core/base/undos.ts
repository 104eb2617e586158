import { randomId } from "./random.ts";
import type { Random } from "./random.ts";

/** As many as anybody sees as messages at a time, and more. */
const REMEMBERED = 32;

/** What was done lately and can be undone, in this run of the app only; each once. */
export class Undos {
  readonly #random: Random;
  readonly #known = new Map<string, () => Promise<void>>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Answers with a name for it, to be given to `undo`. */
  add(undo: () => Promise<void>): string {
    const id = randomId(this.#random);
    this.#known.set(id, undo);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined)
      this.#known.delete(oldest);
    return id;
  }

  /** False when it was undone before, or is too long ago. */
  async undo(id: string): Promise<boolean> {
    const undo = this.#known.get(id);
    if (undo === undefined) return false;
    this.#known.delete(id);
    await undo();
    return true;
  }
}
