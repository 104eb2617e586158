import { Radio } from "lucide-react";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { Button } from "#renderer/ui/button.tsx";
import { nearbyWords } from "#renderer/words/people.ts";

/** Computers with the app on this network that belong to nobody known: who they are shows only after an invite. */
export function Nearby() {
  const network = useCoreState("network", {});
  const { open } = useOverlays();
  const known =
    network?.connected.filter(({ way }) => way === "network").length ?? 0;
  const strangers = (network?.nearby ?? 0) - known;
  if (strangers <= 0) return null;
  return (
    <section className="nearby" aria-label="Nearby">
      <Radio size={18} aria-hidden />
      <p>{nearbyWords(strangers)}</p>
      <Button size="small" onPress={() => open({ kind: "invite" })}>
        Show an invite
      </Button>
    </section>
  );
}
