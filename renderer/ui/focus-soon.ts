import { after } from "./clock.ts";

/** How long something may take to appear before it is given up. */
const PATIENCE_MS = 2_000;

/** Focuses the first element that fits, now or as soon as it is drawn; `top` scrolls to its beginning. */
export function focusSoon(selector: string, scroll?: "top"): void {
  const tryNow = () => {
    const found = document.querySelector<HTMLElement>(selector);
    found?.focus();
    if (scroll === "top") found?.scrollIntoView({ block: "start" });
    return found !== null;
  };
  requestAnimationFrame(() => {
    if (tryNow()) return;
    const observer = new MutationObserver(() => {
      if (tryNow()) observer.disconnect();
    });
    observer.observe(document.body, { childList: true, subtree: true });
    after(PATIENCE_MS, () => observer.disconnect());
  });
}
