import { useState } from "react";
import { CheckCheck } from "lucide-react";
import type { FeedFilter } from "#core/contract/feed-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { Composer } from "#renderer/parts/composer/composer.tsx";
import { useWriting } from "#renderer/parts/composer/use-writing.ts";
import { HeldPosts } from "#renderer/parts/held/held-posts.tsx";
import { useDropTarget } from "#renderer/parts/place/drop-target.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Choices } from "#renderer/ui/choices.tsx";
import { Screen } from "#renderer/ui/screen.tsx";
import { useToast } from "#renderer/ui/toasts.tsx";
import { peopleWords } from "#renderer/words/people.ts";
import { plural } from "#renderer/words/time.ts";
import { FeedList } from "./feed-list.tsx";
import { Waiting } from "./waiting.tsx";
import { GetGoing } from "./get-going.tsx";
import "./home-screen.css";

/** Writing and reading: the box, what waits to go out, and everybody's posts. */
export function HomeScreen() {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [filter, setFilter] = useState<FeedFilter>("all");
  const writing = useWriting("home", null, "contacts");
  const feed = useCoreState("feed", { filter: "all", first: 0, count: 0 });
  const network = useCoreState("network", {});
  const act = useAct();
  const toast = useToast();
  useDropTarget({
    words: "Drop to attach",
    drop: writing.chips.add,
    isComposer: true,
  });
  const unread = feed?.unread ?? 0;
  const arriving = feed?.arriving ?? [];

  const markAll = () =>
    act(
      "markAllRead",
      {},
      {
        done: ({ posts }) => {
          if (posts.length === 0) return;
          toast({
            words: `${plural(posts.length, "post")} marked read`,
            action: {
              words: "Undo",
              run: () => act("markRead", { posts, read: false }),
            },
          });
        },
      },
    );

  return (
    <Screen title="Home" scroller={setScroller}>
      <div className="home__top">
        <Composer
          writing={writing}
          label="What's new?"
          action="Post"
          kind="post"
          note={
            network?.stage === "connected"
              ? null
              : "Goes out when a contact connects"
          }
        />
        <HeldPosts
          belongs={(held) => held.replyTo === null}
          onUndone={writing.restore}
        />
        <Waiting />
        <GetGoing />
        <div className="home__bar">
          <Choices
            label="Show"
            value={filter}
            onChange={setFilter}
            choices={[
              { id: "all", words: "All" },
              { id: "unread", words: "Unread", badge: unread },
              { id: "files", words: "With files" },
              { id: "mine", words: "Mine" },
            ]}
          />
          {unread > 0 && (
            <Button
              kind="quiet"
              size="small"
              icon={CheckCheck}
              onPress={markAll}
            >
              Mark all read
            </Button>
          )}
        </div>
        {arriving.length > 0 && (
          <p className="home__arriving">
            Posts from {peopleWords(arriving)} are still on their way.
          </p>
        )}
      </div>
      <FeedList
        key={filter}
        filter={filter}
        scroller={scroller}
        onShowAll={() => setFilter("all")}
      />
    </Screen>
  );
}
