/** The parts of the window in order, for F6. */
const order = ["rail", "main", "panel", "toasts"] as const;

/** Moves the focus to the next part of the window (or the one before). */
export function stepRegion(step: 1 | -1): void {
  const regions = order.flatMap((name) => [
    ...document.querySelectorAll<HTMLElement>(`[data-region="${name}"]`),
  ]);
  if (regions.length === 0) return;
  const active = document.activeElement;
  const current = regions.findIndex((region) => region.contains(active));
  const next = regions.at(
    current === -1 ? 0 : (current + step + regions.length) % regions.length,
  );
  const first = next?.querySelector<HTMLElement>(
    "[aria-current=page], h1, button:not(:disabled), [role=link], input, textarea",
  );
  (first ?? next)?.focus();
}
