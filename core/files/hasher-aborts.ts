/** Runs `task` when the signal fires; the answer takes it back. */
export type OnAbort = (signal: AbortSignal, task: () => void) => () => void;

/**
 * One listener for each signal, however many tasks wait for it: thousands of
 * files are hashed under one signal, and Node warns of a leak from eleven
 * listeners on.
 */
export function createAborts(): OnAbort {
  const tasks = new Map<AbortSignal, Set<() => void>>();

  return (signal, task) => {
    let set = tasks.get(signal);
    if (set === undefined) {
      set = new Set();
      tasks.set(signal, set);
      signal.addEventListener("abort", fire, { once: true });
    }
    set.add(task);
    return () => {
      const left = tasks.get(signal);
      left?.delete(task);
      if (left?.size !== 0) return;
      tasks.delete(signal);
      signal.removeEventListener("abort", fire);
    };

    function fire(): void {
      const firing = tasks.get(signal) ?? [];
      tasks.delete(signal);
      for (const run of firing) run();
    }
  };
}
