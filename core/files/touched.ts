import type { FileRoot } from "#core/contract/ids.ts";

/** Contents that are remembered. */
const CONTENTS = 1_000;
/** When so many come at once, it is not told which. */
const MANY = 64;

/** Contents that came, went or were found changed, until somebody takes them; which ones is forgotten when they are many. */
export class Touched {
  #roots: Set<FileRoot> | null = new Set();

  /** Whether so many more are told apart. From then on, until they are taken, none are when not. */
  hasRoom(count: number): boolean {
    if (count > MANY || (this.#roots?.size ?? 0) + count > CONTENTS)
      this.#roots = null;
    return this.#roots !== null;
  }

  add(root: FileRoot): void {
    if (this.hasRoom(1)) this.#roots?.add(root);
  }

  /** Null when it may be any. */
  take(): ReadonlySet<FileRoot> | null {
    const roots = this.#roots;
    this.#roots = new Set();
    return roots;
  }
}
