import type { SpaceId } from "#core/contract/ids.ts";
import { Screen } from "#renderer/ui/screen.tsx";

export function CollectionScreen(props: {
  readonly collection: SpaceId;
  readonly folder: string;
}) {
  return <Screen title={props.folder}>{props.collection}</Screen>;
}
