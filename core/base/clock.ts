/** Time, handed in so that tests can hold it still. Only this file reads the machine's clock. */
export interface Clock {
  /** Wall time in milliseconds since 1970; may jump. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes back. */
  monotonic(): number;
  /** Runs `task` once after `ms`; the answer cancels it. */
  after(ms: number, task: () => void): () => void;
  /** Runs `task` every `ms` until the answer is called. */
  every(ms: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => {
      clearTimeout(timer);
    };
  },
  every(ms, task) {
    const timer = setInterval(task, ms);
    return () => {
      clearInterval(timer);
    };
  },
};

/** Resolves after `ms`, or rejects with the signal's reason. */
export function delay(
  clock: Clock,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    function onAbort(): void {
      cancel();
      reject(toError(signal?.reason));
    }
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** Rejects with what `late` makes when `work` takes longer than `ms`; the work itself goes on. */
export async function deadline<T>(
  clock: Clock,
  ms: number,
  work: Promise<T>,
  late: () => Error,
): Promise<T> {
  let cancel = (): void => undefined;
  const timeout = new Promise<never>((_, reject) => {
    cancel = clock.after(ms, () => {
      reject(late());
    });
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    cancel();
  }
}
