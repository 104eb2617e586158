import { Screen } from "#renderer/ui/screen.tsx";

export function FilesScreen() {
  return <Screen title="FilesScreen">{null}</Screen>;
}
