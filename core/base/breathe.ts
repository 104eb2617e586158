/** Lets everything that waits run first: input, other lines, timers. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
