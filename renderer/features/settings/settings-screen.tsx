import { Screen } from "#renderer/ui/screen.tsx";

export function SettingsScreen() {
  return <Screen title="SettingsScreen">{null}</Screen>;
}
