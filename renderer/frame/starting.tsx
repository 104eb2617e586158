import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { useElapsed } from "#renderer/ui/clock.ts";
import { Mark } from "#renderer/ui/mark.tsx";
import "./starting.css";

/** The first moments: the frame in grey, so that nothing jumps when it fills. */
export function Starting() {
  const isLong = useElapsed(5_000);
  return (
    <div className="starting">
      <div className="starting__rail" aria-hidden>
        <Mark />
      </div>
      <main className="starting__main">
        <h1 className="unseen">Commonplace is starting</h1>
        <Skeleton shape="post" label="Starting…" />
        {isLong && (
          <p className="starting__words">
            Still starting. Your data is being opened and checked; this can take
            a while after a long time away.
          </p>
        )}
      </main>
    </div>
  );
}
