import { Feather, Files, MailOpen, PenLine } from "lucide-react";
import type { FeedFilter } from "#core/contract/feed-models.ts";
import { useOverlays } from "#renderer/parts/place/overlays.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Empty } from "#renderer/ui/empty.tsx";

/** Why there are no posts here, and what to do about it. */
export function EmptyFeed(props: {
  readonly filter: FeedFilter;
  readonly onShowAll: () => void;
}) {
  const { open } = useOverlays();
  const showAll = <Button onPress={props.onShowAll}>Show all</Button>;
  switch (props.filter) {
    case "all":
      return (
        <Empty
          icon={Feather}
          title="Posts from people you know show up here."
          actions={
            <Button onPress={() => open({ kind: "invite" })}>
              Invite someone
            </Button>
          }
        >
          In plain order of time. Nobody ranks them, and they stay on this
          computer.
        </Empty>
      );
    case "unread":
      return (
        <Empty icon={MailOpen} title="Nothing unread." actions={showAll} />
      );
    case "files":
      return (
        <Empty icon={Files} title="No posts with files." actions={showAll} />
      );
    case "mine":
      return (
        <Empty
          icon={PenLine}
          title="You have not posted yet."
          actions={showAll}
        >
          What you write in the box above shows up here.
        </Empty>
      );
  }
}
