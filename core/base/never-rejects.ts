/**
 * For a promise that by its contract never rejects and that nobody waits for.
 * Should it reject all the same, that is a bug, and it surfaces as one.
 */
export function neverRejects(promise: Promise<unknown>): void {
  promise.catch((error: unknown) => {
    queueMicrotask(() => {
      throw error;
    });
  });
}
