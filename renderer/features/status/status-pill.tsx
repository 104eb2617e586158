import { Button as Press } from "react-aria-components";
import { useConnection, useCoreState } from "#renderer/core/use-core-state.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { PopoverButton } from "#renderer/ui/popover.tsx";
import { wayWords } from "#renderer/words/people.ts";
import { statusWords } from "#renderer/words/status.ts";
import { StatusShapeMark } from "./status-shape.tsx";
import "./status-pill.css";

/** How the app stands with the network, always in view; opens what there is to know about it. */
export function StatusPill() {
  const network = useCoreState("network", {});
  const line = useConnection();
  const act = useAct();
  const { go } = useRouter();
  const isPausedAll = useCoreState("settings", {})?.pausedAll ?? false;
  const status = statusWords(network, line, isPausedAll);
  return (
    <PopoverButton
      label="Connection"
      placement="top start"
      trigger={
        <Press className="status-pill">
          <StatusShapeMark shape={status.shape} />
          <span className="status-pill__words">
            <span className="unseen">Connection: </span>
            {status.words}
          </span>
        </Press>
      }
    >
      {(close) => (
        <div className="connection">
          <h2 className="connection__title">{status.words}</h2>
          <p>{status.more}</p>
          {network !== undefined && network.connected.length > 0 && (
            <ul className="connection__people" aria-label="Connected now">
              {network.connected.map((person) => (
                <li key={person.person}>
                  <PersonPicture person={person} size={28} />
                  <Foreign>{person.name}</Foreign>
                  {person.way !== "direct" && (
                    <span className="connection__way">{wayWords(person)}</span>
                  )}
                </li>
              ))}
            </ul>
          )}
          {network !== undefined && network.addresses.length > 0 && (
            <p className="connection__small">
              On this network: {network.addresses.join(", ")}
            </p>
          )}
          <div className="connection__buttons">
            {isPausedAll && (
              <Button
                size="small"
                onPress={() => {
                  act("updateSettings", { pausedAll: false });
                  // This button goes with the pause; the focus must not go with it.
                  close();
                }}
              >
                Resume
              </Button>
            )}
            {network !== undefined && network.stage !== "quiet" && (
              <Button
                size="small"
                onPress={() =>
                  act("updateSettings", {
                    network:
                      network.stage === "paused" ? "everywhere" : "nobody",
                  })
                }
              >
                {network.stage === "paused" ? "Resume" : "Pause"}
              </Button>
            )}
            <Button
              size="small"
              onPress={() => {
                close(() => go({ screen: "connection" }));
              }}
            >
              Look closer
            </Button>
          </div>
        </div>
      )}
    </PopoverButton>
  );
}
