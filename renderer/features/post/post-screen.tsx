import type { EntryRef } from "#core/contract/ids.ts";
import { Screen } from "#renderer/ui/screen.tsx";

export function PostScreen(props: { readonly post: EntryRef }) {
  return <Screen title={props.post}>{null}</Screen>;
}
