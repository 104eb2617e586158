import type { Settings } from "#core/contract/models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { Switch } from "#renderer/ui/switch.tsx";
import { SettingsGroup } from "./settings-group.tsx";

/** Whether the app uses the network, and what invites tell. */
export function NetworkSettings(props: { readonly settings: Settings }) {
  const { settings } = props;
  const act = useAct();
  return (
    <SettingsGroup title="Network">
      <Switch
        label="Use the network"
        hint="Off: nothing is sent or fetched. Everything you do is saved here, and goes out when you switch it on."
        on={settings.network === "everywhere"}
        onChange={(on) =>
          act("updateSettings", { network: on ? "everywhere" : "nobody" })
        }
      />
      <Switch
        label="Put addresses into invites"
        hint="Makes meeting faster, above all in the same room. Whoever sees the invite then sees the addresses of this computer."
        on={settings.sendHints}
        onChange={(sendHints) => act("updateSettings", { sendHints })}
      />
    </SettingsGroup>
  );
}
