import { Screen } from "#renderer/ui/screen.tsx";

export function PeopleScreen() {
  return <Screen title="PeopleScreen">{null}</Screen>;
}
