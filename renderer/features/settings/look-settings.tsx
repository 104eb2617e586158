import type { Settings } from "#core/contract/models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { Choices } from "#renderer/ui/choices.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { SettingsGroup, SettingsRow } from "./settings-group.tsx";

const undoTimes = [
  { id: "0", words: "No time" },
  { id: "5000", words: "5 seconds" },
  { id: "10000", words: "10 seconds" },
  { id: "30000", words: "30 seconds" },
] as const;

/** How it looks, and how long a post can be taken back. */
export function LookSettings(props: { readonly settings: Settings }) {
  const { settings } = props;
  const act = useAct();
  const known = undoTimes.find((one) => Number(one.id) === settings.undoMs);
  return (
    <SettingsGroup title="Look and writing">
      <SettingsRow
        name="Theme"
        hint="System follows what your computer is set to."
      >
        <Choices
          label="Theme"
          value={settings.theme}
          onChange={(theme) => act("updateSettings", { theme })}
          choices={[
            { id: "system", words: "System" },
            { id: "light", words: "Light" },
            { id: "dark", words: "Dark" },
          ]}
        />
      </SettingsRow>
      <SettingsRow
        name="Undo time"
        hint="How long a new post waits before it goes out, so that you can take it back."
      >
        <Select
          label="Undo time"
          hideLabel
          value={known?.id ?? "5000"}
          choices={undoTimes}
          onChange={(id) => act("updateSettings", { undoMs: Number(id) })}
        />
      </SettingsRow>
    </SettingsGroup>
  );
}
