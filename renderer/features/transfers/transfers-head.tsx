import { ArrowDown, ArrowUp, Pause, Play } from "lucide-react";
import type { Traffic } from "#core/contract/keeping-models.ts";
import { keyWords } from "#renderer/commands/keys.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { Button } from "#renderer/ui/button.tsx";
import { limitWords } from "#renderer/words/room.ts";
import { speedWords } from "#renderer/words/size.ts";

/** How fast everything comes and goes, what limits it, and a way to stop all of it. */
export function TransfersHead(props: {
  readonly traffic: Traffic;
  /** Whether there is anything that could be paused. */
  readonly hasSome: boolean;
}) {
  const { traffic } = props;
  const act = useAct();
  const limit = limitWords(traffic);
  const { pausedAll } = traffic;
  const speeds = [
    { icon: ArrowDown, of: "Coming", speed: traffic.down },
    { icon: ArrowUp, of: "Going", speed: traffic.up },
  ] as const;
  const isMoving = speeds.some(({ speed }) => speed > 0);
  if (!pausedAll && !isMoving && limit === null && !props.hasSome) return null;
  return (
    <div className="panel__traffic">
      <div className="panel__speeds">
        {pausedAll ? (
          <span>Paused by you</span>
        ) : (
          speeds.map(({ icon: Icon, of, speed }) => (
            <span key={of} className="panel__speed">
              <Icon size={14} aria-hidden />
              <span className="unseen">{of}: </span>
              {speed > 0 ? speedWords(speed) : "0 MB/s"}
            </span>
          ))
        )}
        {limit !== null && !pausedAll && (
          <span className="panel__limit">{limit}</span>
        )}
      </div>
      <Button
        size="small"
        icon={pausedAll ? Play : Pause}
        label={`${pausedAll ? "Resume all" : "Pause all"} (${keyWords("Mod+Alt+P")})`}
        onPress={() => act("updateSettings", { pausedAll: !pausedAll })}
      >
        {pausedAll ? "Resume all" : "Pause all"}
      </Button>
    </div>
  );
}
