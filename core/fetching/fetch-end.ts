import { asError } from "./fetch-progress.ts";

/** How one fetch ends: once, well or with an error, from wherever that comes. */
export class FetchEnd {
  readonly promise: Promise<void>;
  readonly #failure = new AbortController();
  #resolve: () => void = () => undefined;

  constructor() {
    const { signal } = this.#failure;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      signal.addEventListener("abort", () => {
        reject(asError(signal.reason));
      });
    });
    // It may fail before anybody waits for it.
    this.promise.catch(() => undefined);
  }

  /** Fires on failure. */
  get signal(): AbortSignal {
    return this.#failure.signal;
  }

  succeed(): void {
    this.#resolve();
  }

  fail(error: unknown): void {
    this.#failure.abort(error);
  }

  throwIfFailed(): void {
    if (this.signal.aborted) throw asError(this.signal.reason);
  }
}
