import { useConnection } from "#renderer/core/use-core-state.ts";
import { useElapsed } from "#renderer/ui/clock.ts";
import { Notice } from "#renderer/ui/notice.tsx";

/** Says so when the line to the core is down: what is shown may be old. */
export function StaleBar() {
  const line = useConnection();
  return line === "down" ? <Stale /> : null;
}

function Stale() {
  // A restart takes about a second; only a longer one is worth words.
  return useElapsed(1_500) ? (
    <div className="frame__bar">
      <Notice tone="warn" alert>
        The part of the app that keeps your data is starting again. Nothing is
        lost.
      </Notice>
    </div>
  ) : null;
}
