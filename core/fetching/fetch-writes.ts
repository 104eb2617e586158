import type { FetchEnd } from "./fetch-end.ts";

/** Writes of one fetch that are under way. Ends the fetch with the error of one, and well after the last. */
export class FetchWrites {
  readonly #end: FetchEnd;
  readonly #isDone: () => boolean;
  readonly #writes = new Set<Promise<void>>();

  /** `isDone`: nothing is left to be written but what is under way. */
  constructor(end: FetchEnd, isDone: () => boolean) {
    this.#end = end;
    this.#isDone = isDone;
  }

  /** The same write; it never rejects. */
  track(write: Promise<void>): Promise<void> {
    const tracked = write.then(
      () => {
        this.#writes.delete(tracked);
        this.look();
      },
      (error: unknown) => {
        this.#writes.delete(tracked);
        this.#end.fail(error);
      },
    );
    this.#writes.add(tracked);
    return tracked;
  }

  /** Ends the fetch if all is written; to be called when something was written elsewhere. */
  look(): void {
    if (this.#isDone() && this.#writes.size === 0) this.#end.succeed();
  }

  /** Resolves when none of those under way now is left. */
  async settled(): Promise<void> {
    await Promise.all(this.#writes);
  }
}
