/** Whatever opens must close; whoever made it closes it. */
export interface Resource {
  close(): Promise<void>;
}

/** Collects closers while something opens, and runs them newest first, once. */
export class Closers implements Resource {
  readonly #closers: (() => unknown)[] = [];
  #closing: Promise<void> | null = null;

  /** Adds a closer; returns its argument for use in place. */
  add<T extends Resource>(resource: T): T {
    this.#closers.push(() => resource.close());
    return resource;
  }

  addTask(close: () => unknown): void {
    this.#closers.push(close);
  }

  get closing(): boolean {
    return this.#closing !== null;
  }

  /** Runs every closer even when one throws; rejects with the first error. */
  close(): Promise<void> {
    this.#closing ??= this.#run();
    return this.#closing;
  }

  async #run(): Promise<void> {
    const errors: unknown[] = [];
    for (const close of this.#closers.reverse()) {
      try {
        await close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0)
      throw new AggregateError(errors, "closing did not go well");
  }
}
