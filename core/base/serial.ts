/** Runs tasks one after another, in the order they were given. A failed task does not stop the next. */
export type Serial = <T>(task: () => Promise<T>) => Promise<T>;

export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task, task);
    last = next.catch(() => undefined);
    return next;
  };
}

/**
 * Joins calls that come while one run is under way into a single next run.
 * Each caller's promise settles with a run that began after its call.
 */
export function createGroup<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> | null = null;
  let next: Promise<T> | null = null;
  function start(): Promise<T> {
    const current = run();
    running = current
      .catch(() => undefined)
      .finally(() => {
        running = null;
      });
    return current;
  }
  return () => {
    if (running === null) return start();
    next ??= running.then(() => {
      next = null;
      return start();
    });
    return next;
  };
}
