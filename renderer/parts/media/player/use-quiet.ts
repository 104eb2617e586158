import type { RefObject } from "react";
import { useEffect, useRef, useState } from "react";
import { after } from "#renderer/ui/clock.ts";

/** How long the controls stay after the last move. */
const REST_MS = 2_500;

/** Whether controls may step back: nothing was moved or pressed for a while, and no key needs to see them. */
export function useQuiet(mayRest: boolean): {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly isQuiet: boolean;
} {
  const box = useRef<HTMLDivElement>(null);
  const [isResting, setResting] = useState(false);
  useEffect(() => {
    if (!mayRest) return;
    let cancel = () => {};
    const stir = () => {
      setResting(false);
      cancel();
      cancel = after(REST_MS, () => {
        const isSeen = box.current?.querySelector(":focus-visible") ?? null;
        if (isSeen === null) setResting(true);
      });
    };
    stir();
    const events = ["pointermove", "pointerdown", "keydown", "focusin"];
    for (const name of events) document.addEventListener(name, stir);
    return () => {
      cancel();
      setResting(false);
      for (const name of events) document.removeEventListener(name, stir);
    };
  }, [mayRest]);
  return { box, isQuiet: mayRest && isResting };
}
