import { CoreError } from "#core/contract/errors.ts";

export interface ReadingParts {
  /** The reader waits at another place. */
  readonly move: () => void;
  readonly isHere: (index: number) => boolean;
  /** A chunk that is here. */
  readonly take: (index: number) => Promise<Buffer>;
  /** Why no more will come; null while more may. */
  readonly failure: () => Error | null;
  readonly close: () => void;
}

interface Waiter {
  readonly index: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** One reader of content that is still arriving: reads a chunk at a time, in whatever order. */
export class Reading {
  readonly #parts: ReadingParts;
  #first = 0;
  #last = -1;
  #waiter: Waiter | null = null;
  #isClosed = false;

  constructor(parts: ReadingParts) {
    this.#parts = parts;
  }

  /** The chunks asked for, from the first to the last; none when the last is before the first. */
  get first(): number {
    return this.#first;
  }

  get last(): number {
    return this.#last;
  }

  /** Whether a chunk is here. */
  has(index: number): boolean {
    return this.#parts.isHere(index);
  }

  get isWaiting(): boolean {
    return this.#waiter !== null;
  }

  /**
   * One chunk, verified (FI2); waits for it, and asks for those up to `last`
   * meanwhile. What was asked for before and is not among them is asked for no
   * more. One call at a time.
   * @throws `file-away` when nobody in reach has it, `cancelled` when the fetch
   *   or the reading was given up, `disk-full`
   */
  async chunk(index: number, last: number): Promise<Buffer> {
    if (index !== this.#first || last !== this.#last) {
      this.#first = index;
      this.#last = last;
      this.#parts.move();
    }
    for (;;) {
      if (this.#isClosed) throw new CoreError("cancelled", {});
      if (this.#parts.isHere(index)) return await this.#parts.take(index);
      const failure = this.#parts.failure();
      if (failure !== null) throw failure;
      await this.#wait(index);
    }
  }

  arrived(index: number): void {
    if (this.#waiter?.index === index) this.look();
  }

  /** Makes the reader look again. */
  look(): void {
    const waiter = this.#waiter;
    this.#waiter = null;
    waiter?.resolve();
  }

  /** Tells the reader that what it waits for does not come. */
  fail(error: Error): void {
    const waiter = this.#waiter;
    this.#waiter = null;
    waiter?.reject(error);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#last = this.#first - 1;
    this.look();
    this.#parts.close();
  }

  #wait(index: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiter = { index, resolve, reject };
    });
  }
}
