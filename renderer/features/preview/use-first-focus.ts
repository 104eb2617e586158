import type { RefObject } from "react";
import { useEffect } from "react";

/**
 * What is scrolled or turned by keys takes the focus when it appears, unless a
 * person is somewhere else in the window by then.
 */
export function useFirstFocus(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const active = document.activeElement;
    const isFree =
      active === document.body ||
      active?.classList.contains("preview") === true;
    if (isFree) element.current?.focus({ preventScroll: true });
  }, [element]);
}
