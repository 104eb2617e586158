import { useCoreState } from "#renderer/core/use-core-state.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { lackWords } from "#renderer/words/room.ts";

/** Says that downloads wait for room, and what can be done; nothing when none does. */
export function RoomNotice(props: { readonly hideFree?: boolean }) {
  const room = useCoreState("room", {});
  const { go } = useRouter();
  if (room === undefined || room === null || room.lack === null) return null;
  return (
    <Notice
      tone="warn"
      action={
        <>
          <Button size="small" onPress={() => go({ screen: "settings" })}>
            Change limit
          </Button>
          {props.hideFree !== true && (
            <Button size="small" onPress={() => go({ screen: "room" })}>
              Free up
            </Button>
          )}
        </>
      }
    >
      {lackWords(room.lack, room)}
    </Notice>
  );
}
