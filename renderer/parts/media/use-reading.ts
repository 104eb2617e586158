import { useEffect, useRef, useState } from "react";
import { isCoreError } from "#core/contract/errors.ts";
import { after } from "#renderer/ui/clock.ts";

/** How often what nobody had is asked for again. */
const AGAIN_MS = 5_000;

export type Reading<T> =
  | { readonly stage: "reading" }
  /** Nobody in reach has it, or there is no room for it; it is asked for again by itself. */
  | { readonly stage: "waiting"; readonly isFull: boolean }
  | { readonly stage: "broken" }
  | { readonly stage: "ready"; readonly value: T };

/**
 * Reads something from a file, anew when `key` changes. What is away, or has no
 * room here, is asked for again until it comes; any other failure means the file is not what it says.
 */
export function useReading<T>(
  key: string,
  read: (signal: AbortSignal) => Promise<T>,
): Reading<T> {
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  const [state, setState] = useState<{
    readonly key: string;
    readonly reading: Reading<T>;
  }>({ key, reading: { stage: "reading" } });
  useEffect(() => {
    const stop = new AbortController();
    let cancel = () => {};
    const set = (reading: Reading<T>) => {
      if (!stop.signal.aborted) setState({ key, reading });
    };
    const attempt = () => {
      latest.current(stop.signal).then(
        (value) => set({ stage: "ready", value }),
        (error: unknown) => {
          const isFull = isCoreError(error, "disk-full");
          if (!isFull && !isCoreError(error, "file-away")) {
            set({ stage: "broken" });
            return;
          }
          set({ stage: "waiting", isFull });
          if (!stop.signal.aborted) cancel = after(AGAIN_MS, attempt);
        },
      );
    };
    attempt();
    return () => {
      stop.abort();
      cancel();
    };
  }, [key]);
  return state.key === key ? state.reading : { stage: "reading" };
}
