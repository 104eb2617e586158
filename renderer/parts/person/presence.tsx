import { Circle, CircleDashed, CircleDot, House } from "lucide-react";
import type { Presence as Stage } from "#core/contract/contact-models.ts";
import { useNow } from "#renderer/ui/clock.ts";
import { presenceWords } from "#renderer/words/people.ts";
import "./presence.css";

/** Whether a person is connected: a shape and words, colour only repeats it. */
export function Presence(props: { readonly presence: Stage }) {
  const now = useNow(60_000);
  const { presence } = props;
  const Icon =
    presence.stage === "connected"
      ? presence.way === "network"
        ? House
        : presence.way === "helper"
          ? CircleDot
          : Circle
      : presence.stage === "seen"
        ? Circle
        : CircleDashed;
  return (
    <span className={`presence presence--${presence.stage}`}>
      <Icon
        size={12}
        aria-hidden
        {...(presence.stage === "connected" && presence.way === "direct"
          ? { fill: "currentColor" }
          : {})}
      />
      {presenceWords(presence, now)}
    </span>
  );
}
