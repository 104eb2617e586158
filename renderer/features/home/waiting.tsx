import { useCoreState } from "#renderer/core/use-core-state.ts";
import { isWaiting } from "#renderer/parts/request/is-waiting.ts";
import { WaitingRequest } from "#renderer/parts/request/waiting-request.tsx";

/** Requests of mine that wait for people who are not on. */
export function Waiting() {
  const invites = useCoreState("invites", {});
  const waiting = (invites?.opened ?? []).filter(isWaiting);
  if (waiting.length === 0) return null;
  return (
    <ul className="home__waiting" aria-label="Requests that wait">
      {waiting.map((one) => (
        <li key={one.invite}>
          <WaitingRequest opened={one} />
        </li>
      ))}
    </ul>
  );
}
