import type { RefObject } from "react";
import { useEffect } from "react";

/**
 * Keeps the keys with a window over the page. The focus falls to the page when
 * the button that had it is taken away or can no longer be pressed; nothing in
 * the window would then hear Esc or Tab.
 */
export function useLostFocus(
  box: RefObject<HTMLElement | null>,
  onEscape: () => void,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { activeElement, body } = document;
      const isLost = activeElement === null || activeElement === body;
      const at = box.current;
      // Below another window it is not this one's turn.
      if (!isLost || at === null || at.closest("[inert]") !== null) return;
      at.focus();
      if (event.key !== "Escape") return;
      event.preventDefault();
      onEscape();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [box, onEscape]);
}
