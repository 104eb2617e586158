import { inspect } from "node:util";
import type { Signal, State } from "#core/base/state.ts";

export interface UntilOptions {
  /** Deadline in milliseconds; 5 s when not given. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
const POLL_MS = 5;

/**
 * Waits until the state's value passes, and answers with it. Rejects after the
 * deadline with the last value in the message, or with what the predicate threw.
 */
export function until<T>(
  state: State<T>,
  predicate: (value: T) => boolean,
  options: UntilOptions = {},
): Promise<T> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const late = new Error("until"); // Made here: its stack leads to the test.
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      end();
      late.message = `not within ${String(timeoutMs)} ms; the last value was ${show(state.peek())}`;
      reject(late);
    }, timeoutMs);
    const unsubscribe = state.subscribe(check);
    function end(): void {
      clearTimeout(timer);
      unsubscribe();
    }
    function check(): void {
      try {
        const value = state.peek();
        if (!predicate(value)) return;
        end();
        resolve(value);
      } catch (error) {
        end();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    }
    check();
  });
}

/**
 * Waits until `read` answers with a value that passes, asking again every few
 * milliseconds. For what is no State: a file on disk, a count of calls.
 */
export async function untilTrue<T>(
  read: () => T | Promise<T>,
  predicate: (value: T) => boolean = Boolean,
  options: UntilOptions = {},
): Promise<T> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const late = new Error("untilTrue");
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (predicate(value)) return value;
    if (performance.now() > end) {
      late.message = `not within ${String(timeoutMs)} ms; the last value was ${show(value)}`;
      throw late;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Waits for the next time something happens. */
export function next(
  signal: Signal,
  options: UntilOptions = {},
): Promise<void> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const late = new Error(`did not happen within ${String(timeoutMs)} ms`);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      unsubscribe();
      reject(late);
    }, timeoutMs);
    const unsubscribe = signal.subscribe(() => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    });
  });
}

function show(value: unknown): string {
  return inspect(value, { depth: 6, maxArrayLength: 20, maxStringLength: 200 });
}
