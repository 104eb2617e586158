import { useCoreState } from "#renderer/core/use-core-state.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { keepersSummary } from "#renderer/words/keepers.ts";
import { SettingsGroup, SettingsRow } from "./settings-group.tsx";

/** Who holds copies while this computer is off; the rest is on a screen of its own. */
export function KeepersSettings() {
  const keepers = useCoreState("keepers", {});
  const { go } = useRouter();
  return (
    <SettingsGroup title="Keepers" anchor="settings-keepers">
      <SettingsRow
        name={keepers === undefined ? "Keepers" : keepersSummary(keepers)}
        hint="Computers that stay on and hold copies of what you post and share, readable or sealed. What each may keep, how much and for how long is up to you."
      >
        <Button onPress={() => go({ screen: "keepers" })}>See keepers</Button>
      </SettingsRow>
    </SettingsGroup>
  );
}
