import type { Settings } from "#core/contract/models.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { Choices } from "#renderer/ui/choices.tsx";
import { Switch } from "#renderer/ui/switch.tsx";
import { helperWords, stopWords } from "#renderer/words/status.ts";
import { SettingsGroup } from "./settings-group.tsx";

/** Whether the app uses the network, and what invites tell. */
export function NetworkSettings(props: { readonly settings: Settings }) {
  const { settings } = props;
  const act = useAct();
  const network = useCoreState("network", {});
  const stops = stopWords(network);
  return (
    <SettingsGroup title="Network">
      <Choices
        label="Meet people"
        showLabel
        look="cards"
        value={settings.network}
        choices={[
          {
            id: "everywhere",
            words: "Everywhere",
            hint: "On this network and over the internet.",
          },
          {
            id: "this-network",
            words: "On this network only",
            hint:
              stops ??
              "Nothing leaves this network, not even a question where somebody is.",
          },
          {
            id: "nobody",
            words: "With nobody",
            hint: "Nothing is sent or fetched. Everything you do is saved here, and goes out later.",
          },
        ]}
        onChange={(network) => act("updateSettings", { network })}
      />
      <Switch
        label="Go through a helper when there is no direct way"
        hint={helperWords(network)}
        on={settings.useHelpers}
        onChange={(useHelpers) => act("updateSettings", { useHelpers })}
      />
      <Switch
        label="Help contacts reach each other"
        hint="When two of your contacts cannot reach each other, what they send goes through this computer. It cannot be read here; it takes as much of your line as they send."
        on={settings.beHelper}
        onChange={(beHelper) => act("updateSettings", { beHelper })}
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
