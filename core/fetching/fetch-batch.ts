import type { Content } from "#core/files/model.ts";

/** Content in one chunk, with its verified bytes. */
export interface Verified {
  readonly content: Content;
  readonly bytes: Buffer;
}

/** Takes verified contents: what came in since it took the last ones, up to a number. */
export type Sink = (contents: readonly Verified[]) => Promise<void>;

/** Contents in one call: the disk is waited for once for all of them. */
const HAND_CONTENTS = 512;

/**
 * Hands what arrives to a sink, one call at a time. Whoever delivers waits until
 * the sink took it, so that no more is fetched than the sink keeps up with.
 */
export class Batch {
  readonly done: Promise<void>;
  readonly #sink: Sink;
  readonly #onTaken: (contents: readonly Verified[]) => void;
  #left: number;
  #arrived: Verified[] = [];
  /** Whoever waits until so many have been taken. */
  readonly #waiting: { readonly until: number; readonly taken: () => void }[] =
    [];
  #delivered = 0;
  #taken = 0;
  #isRunning = false;
  #failure: { readonly error: unknown } | null = null;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(
    count: number,
    sink: Sink,
    onTaken: (contents: readonly Verified[]) => void,
  ) {
    this.#left = count;
    this.#sink = sink;
    this.#onTaken = onTaken;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.done.catch(() => undefined);
    if (count === 0) this.#resolve();
  }

  /** Resolves, never rejects, when the sink took it or the batch has failed. */
  deliver(verified: readonly Verified[]): Promise<void> {
    if (this.#failure !== null) return Promise.resolve();
    return new Promise((taken) => {
      this.#arrived.push(...verified);
      this.#delivered += verified.length;
      this.#waiting.push({ until: this.#delivered, taken });
      if (this.#isRunning) return;
      this.#isRunning = true;
      // What one message brings goes in one call.
      queueMicrotask(() => {
        this.#run().catch(this.#reject);
      });
    });
  }

  /** Ends it early; the call to the sink that is under way ends first. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    if (!this.#isRunning) this.#reject(error);
  }

  async #run(): Promise<void> {
    while (this.#arrived.length > 0) {
      const arrived = this.#arrived.splice(0, HAND_CONTENTS);
      if (this.#failure === null) await this.#hand(arrived);
      this.#taken += arrived.length;
      this.#letGo();
    }
    this.#isRunning = false;
    if (this.#failure !== null) this.#reject(this.#failure.error);
    else if (this.#left === 0) this.#resolve();
  }

  #letGo(): void {
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined || first.until > this.#taken) return;
      this.#waiting.shift();
      first.taken();
    }
  }

  async #hand(contents: readonly Verified[]): Promise<void> {
    try {
      await this.#sink(contents);
      this.#left -= contents.length;
      this.#onTaken(contents);
    } catch (error) {
      this.#failure ??= { error };
    }
  }
}
