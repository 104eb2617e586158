import type { ReactNode } from "react";
import { createContext, use, useCallback, useRef, useState } from "react";
import { after } from "./clock.ts";

const SayContext = createContext<(words: string) => void>(() => {});

/** At most one message this often, so that speech is never flooded. */
const BETWEEN_MS = 2_000;

/** Holds the one polite live region of the page. */
export function LiveRegion(props: { readonly children: ReactNode }) {
  const [words, setWords] = useState("");
  const waiting = useRef<string | null>(null);
  const isResting = useRef(false);
  const say = useCallback((next: string) => {
    if (isResting.current) {
      waiting.current = next;
      return;
    }
    setWords(next);
    isResting.current = true;
    after(BETWEEN_MS, function rested() {
      const due = waiting.current;
      waiting.current = null;
      isResting.current = due !== null;
      setWords(due ?? "");
      if (due !== null) after(BETWEEN_MS, rested);
    });
  }, []);
  return (
    <SayContext value={say}>
      {props.children}
      <output className="unseen" aria-live="polite">
        {words}
      </output>
    </SayContext>
  );
}

/** Says something to screen readers, politely. */
export function useSay(): (words: string) => void {
  return use(SayContext);
}
