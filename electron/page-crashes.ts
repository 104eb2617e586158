/** How often a page that crashed is loaded again before it is left to the person. */
const RELOADS = 3;

export interface CrashingPage {
  on(
    event: "render-process-gone",
    listener: (event: unknown, details: { readonly reason: string }) => void,
  ): unknown;
  reload(): void;
}

/** Loads a page that crashed again, three times; nothing is lost by it, all data are the core's. */
export function reloadWhenGone(
  page: CrashingPage,
  onGivenUp: () => void,
): void {
  let reloads = 0;
  page.on("render-process-gone", (_event, { reason }) => {
    if (reason === "clean-exit") return;
    reloads++;
    if (reloads <= RELOADS) page.reload();
    else onGivenUp();
  });
}
