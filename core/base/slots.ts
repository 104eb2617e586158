/**
 * Tasks beside each other, a few at once. One that waits for others to come
 * into reach does not hold up the rest, up to a number of such.
 */
export class Slots {
  readonly #busyMost: number;
  readonly #waitingMost: number;
  readonly #tasks = new Map<Promise<void>, { isWaiting: boolean }>();
  readonly #onChange: () => void;
  #wake: () => void = () => undefined;
  #failure: { readonly error: unknown } | null = null;

  constructor(busyMost: number, waitingMost: number, onChange: () => void) {
    this.#busyMost = busyMost;
    this.#waitingMost = waitingMost;
    this.#onChange = onChange;
  }

  /** Whether there are tasks, and all of them wait. */
  get isWaiting(): boolean | null {
    if (this.#tasks.size === 0) return null;
    return [...this.#tasks.values()].every(({ isWaiting }) => isWaiting);
  }

  /** Starts a task when there is room for it. @throws what an earlier one threw */
  async start(
    task: (setWaiting: (isWaiting: boolean) => void) => Promise<void>,
  ): Promise<void> {
    while (this.#failure === null && !this.#hasRoom()) await this.#next();
    this.#throwIfFailed();
    const state = { isWaiting: false };
    const running = task((isWaiting) => {
      if (state.isWaiting === isWaiting) return;
      state.isWaiting = isWaiting;
      this.#onChange();
      this.#wake();
    })
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#tasks.delete(running);
        this.#onChange();
        this.#wake();
      });
    this.#tasks.set(running, state);
    // It may have begun to wait before it was counted.
    this.#onChange();
  }

  /** Waits for every task. @throws what the first failed one threw, at once */
  async drained(): Promise<void> {
    while (this.#failure === null && this.#tasks.size > 0) await this.#next();
    this.#throwIfFailed();
  }

  /** Waits for every task to end, however it does. */
  async ended(): Promise<void> {
    await Promise.all(this.#tasks.keys());
  }

  #hasRoom(): boolean {
    let waiting = 0;
    for (const { isWaiting } of this.#tasks.values()) if (isWaiting) waiting++;
    return (
      this.#tasks.size - waiting < this.#busyMost && waiting < this.#waitingMost
    );
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #throwIfFailed(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
