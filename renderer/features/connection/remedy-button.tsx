import { useAct } from "#renderer/core/use-act.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import type { DoctorRemedy } from "#renderer/words/doctor.ts";

/** The one thing to do about a finding. */
export function RemedyButton({ remedy }: { readonly remedy: DoctorRemedy }) {
  const act = useAct();
  const { go } = useRouter();
  const { open } = useOverlays();
  const everywhere = () => {
    act("setDrill", { on: false });
    act("updateSettings", { network: "everywhere" });
  };
  const remedies: Readonly<
    Record<DoctorRemedy, { readonly words: string; readonly run: () => void }>
  > = {
    "use-network": { words: "Use the network", run: everywhere },
    "use-internet": { words: "Use the internet", run: everywhere },
    invite: { words: "Invite someone", run: () => open({ kind: "invite" }) },
    "by-address": { words: "Connect by address", run: toAddress },
    room: { words: "Free up space", run: () => go({ screen: "room" }) },
    helpers: { words: "About helpers", run: () => go({ screen: "settings" }) },
  };
  const { words, run } = remedies[remedy];
  return (
    <Button size="small" onPress={run}>
      {words}
    </Button>
  );
}

function toAddress(): void {
  document
    .querySelector<HTMLInputElement>("[data-address-form] input")
    ?.focus();
}
