import type { Clock } from "#core/base/clock.ts";

/**
 * Nodes that answer do so within this time. One that does not is given up by the
 * library after six seconds, and where three of ten are bad some step always meets one.
 */
export const PROMPT_MS = 1_500;

/** What came within a moment; the rest may still come, and is not waited for. */
export function prompt<T>(
  clock: Clock,
  work: readonly Promise<T | null>[],
): Promise<readonly T[]> {
  const done: T[] = [];
  return new Promise((resolve) => {
    let missing = work.length;
    const end = (): void => {
      cancel();
      resolve([...done]);
    };
    const cancel = clock.after(PROMPT_MS, end);
    const settle = (): void => {
      missing -= 1;
      if (missing === 0) end();
    };
    for (const one of work)
      one.then((value) => {
        if (value !== null) done.push(value);
        settle();
      }, settle);
    if (missing === 0) end();
  });
}
