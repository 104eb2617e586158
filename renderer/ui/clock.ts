import { useEffect, useRef, useState } from "react";
import { readClock } from "./read-clock.ts";

/** Runs `work` once after `ms`; the answer calls it off. */
export function after(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

/** The time, renewed every `stepMs` while the component stands. */
export function useNow(stepMs: number): number {
  const [now, setNow] = useState(readClock);
  useEffect(() => {
    const timer = setInterval(() => setNow(readClock()), stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return now;
}

/** True once `ms` have gone by since the component first stood. */
export function useElapsed(ms: number): boolean {
  const [elapsed, setElapsed] = useState(false);
  useEffect(() => after(ms, () => setElapsed(true)), [ms]);
  return elapsed;
}

/**
 * Calls `work` with the newest value once it has rested for `ms`. `flush` calls
 * it at once if something waits; leaving the screen flushes too.
 */
export function useRested<T>(
  ms: number,
  work: (value: T) => void,
): { readonly change: (value: T) => void; readonly flush: () => void } {
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  const [rested] = useState(() => {
    let cancel: (() => void) | null = null;
    let waiting: { readonly value: T } | null = null;
    const flush = () => {
      cancel?.();
      cancel = null;
      const due = waiting;
      waiting = null;
      if (due !== null) latest.current(due.value);
    };
    const change = (value: T) => {
      cancel?.();
      waiting = { value };
      cancel = after(ms, flush);
    };
    return { change, flush };
  });
  useEffect(() => {
    window.addEventListener("pagehide", rested.flush);
    return () => {
      window.removeEventListener("pagehide", rested.flush);
      rested.flush();
    };
  }, [rested]);
  return rested;
}
