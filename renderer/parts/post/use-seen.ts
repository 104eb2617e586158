import type { RefObject } from "react";
import { useEffect, useRef } from "react";
import { after } from "#renderer/ui/clock.ts";

/** How long a post must be seen before it counts as read. */
const SEEN_MS = 1_500;

/** Calls `seen` once half of the element (or half of the window) was in view for 1.5 s with the window in front. */
export function useSeen(
  element: RefObject<HTMLElement | null>,
  wanted: boolean,
  seen: () => void,
): void {
  const latest = useRef(seen);
  useEffect(() => {
    latest.current = seen;
  });
  useEffect(() => {
    const watched = element.current;
    if (!wanted || watched === null) return;
    let cancel: (() => void) | null = null;
    let isInView = false;
    const look = () => {
      const isSeen = isInView && document.hasFocus();
      if (isSeen && cancel === null) {
        cancel = after(SEEN_MS, () => latest.current());
      } else if (!isSeen) {
        cancel?.();
        cancel = null;
      }
    };
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry === undefined) return;
        const window = entry.rootBounds?.height ?? Number.POSITIVE_INFINITY;
        isInView =
          entry.intersectionRatio >= 0.5 ||
          entry.intersectionRect.height >= window / 2;
        look();
      },
      { threshold: [0, 0.25, 0.5, 0.75, 1] },
    );
    observer.observe(watched);
    window.addEventListener("focus", look);
    window.addEventListener("blur", look);
    return () => {
      observer.disconnect();
      window.removeEventListener("focus", look);
      window.removeEventListener("blur", look);
      cancel?.();
    };
  }, [element, wanted]);
}
