/** Runs `task` when the signal fires; the answer takes it back. */
export type OnAbort = (signal: AbortSignal, task: () => void) => () => void;

/**
 * One listener for each signal, however many tasks wait for it: thousands of
 * files are hashed under one signal, and Node warns of a leak from eleven
 * listeners on.
 */
export function createAborts(): OnAbort {
  const waiting = new Map<
    AbortSignal,
    { readonly tasks: Set<() => void>; readonly fire: () => void }
  >();

  return (signal, task) => {
    let wait = waiting.get(signal);
    if (wait === undefined) {
      const tasks = new Set<() => void>();
      const fire = (): void => {
        waiting.delete(signal);
        for (const run of tasks) run();
      };
      wait = { tasks, fire };
      waiting.set(signal, wait);
      signal.addEventListener("abort", fire, { once: true });
    }
    const { tasks, fire } = wait;
    tasks.add(task);
    return () => {
      tasks.delete(task);
      if (tasks.size > 0 || waiting.get(signal)?.tasks !== tasks) return;
      waiting.delete(signal);
      signal.removeEventListener("abort", fire);
    };
  };
}
