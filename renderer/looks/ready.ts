/** Resolves with the next event of this name; rejects when the element fails, or with the signal. */
export function ready(
  element: HTMLElement,
  name: "load" | "loadedmetadata" | "seeked",
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = new AbortController();
    const options = { once: true, signal: end.signal } as const;
    element.addEventListener(
      name,
      () => {
        end.abort();
        resolve();
      },
      options,
    );
    const fail = () => {
      end.abort();
      reject(new Error("it cannot be decoded"));
    };
    element.addEventListener("error", fail, options);
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail, options);
  });
}
