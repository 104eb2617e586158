import { Screen } from "#renderer/ui/screen.tsx";

export function LinkScreen(props: { readonly link: string }) {
  return <Screen title={props.link}>{null}</Screen>;
}
