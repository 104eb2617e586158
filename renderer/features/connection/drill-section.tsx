import { useId } from "react";
import { CircleCheck, CircleDashed, Unplug } from "lucide-react";
import type { Drill } from "#core/contract/connection-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useNow } from "#renderer/ui/clock.ts";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { drillWords, type DrillLine } from "#renderer/words/drill.ts";

/** Tries out an outage: a button, and what works all the same. */
export function DrillSection() {
  const drill = useCoreState("drill", {});
  const act = useAct();
  const id = useId();
  const isOn = drill?.stage === "on";
  return (
    <section className="connection-section" aria-labelledby={id}>
      <div className="connection-section__head">
        <h2 id={id}>If the internet were gone</h2>
        <Button
          icon={Unplug}
          {...(isOn ? { kind: "primary" } : {})}
          onPress={() => act("setDrill", { on: !isOn })}
        >
          {isOn ? "Use the internet again" : "Try it out"}
        </Button>
      </div>
      {drill === undefined ? (
        <Skeleton shape="line" label="Looking…" />
      ) : (
        <DrillReport drill={drill} />
      )}
    </section>
  );
}

function DrillReport({ drill }: { readonly drill: Drill }) {
  const now = useNow(1_000);
  if (drill.stage === "off")
    return (
      <p className="connection-section__hint">
        Cuts the internet for this app for five minutes, and shows who is in
        reach in the room and what is whole on this computer. Nothing is lost:
        posts go out afterwards.
      </p>
    );
  const { title, lines } = drillWords(drill, now);
  return (
    <output className="connection-section__report">
      <p className="connection-section__state">{title}</p>
      <ul className="connection-lines">
        {lines.map((line) => (
          <Line key={line.words} line={line} />
        ))}
      </ul>
    </output>
  );
}

function Line({ line }: { readonly line: DrillLine }) {
  const Icon = line.isGood ? CircleCheck : CircleDashed;
  return (
    <li className="connection-line" data-good={line.isGood}>
      <Icon size={18} aria-hidden />
      <span>{line.words}</span>
    </li>
  );
}
