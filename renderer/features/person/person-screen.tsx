import type { PersonId } from "#core/contract/ids.ts";
import { Screen } from "#renderer/ui/screen.tsx";

export function PersonScreen(props: { readonly person: PersonId }) {
  return <Screen title={props.person}>{null}</Screen>;
}
