import type { ChildProcess } from "node:child_process";

/** Kills a process without warning after some milliseconds; resolves when it is gone. */
export function killAfter(child: ChildProcess, ms: number): Promise<void> {
  const timer = setTimeout(() => child.kill("SIGKILL"), ms);
  return new Promise((resolve) => {
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
