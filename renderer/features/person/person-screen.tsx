import { useState } from "react";
import { Feather, FolderOpen, Pencil, UserRoundX } from "lucide-react";
import type { PersonId } from "#core/contract/ids.ts";
import type { PersonPage } from "#core/contract/contact-models.ts";
import { useKeptState } from "#renderer/core/use-core-state.ts";
import { CollectionCard } from "#renderer/parts/collection/collection-card.tsx";
import { PostCard } from "#renderer/parts/post/post-card.tsx";
import { useReadMarks } from "#renderer/parts/post/use-read-marks.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Choices } from "#renderer/ui/choices.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { Screen } from "#renderer/ui/screen.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { PersonHead } from "./person-head.tsx";
import { ShareWith } from "./share-with.tsx";
import "./person-screen.css";

const STEP = 30;
const MOST = 480;

/** Everything of one person: who they are to me, what they wrote, what they share. */
export function PersonScreen(props: { readonly person: PersonId }) {
  const { person } = props;
  const { back, go } = useRouter();
  const [count, setCount] = useState(STEP);
  const page = useKeptState("person", { person, first: 0, count }, person);
  if (page === undefined || page === null) {
    return (
      <Screen title="Person" onBack={back}>
        {page === undefined ? (
          <Skeleton shape="post" rows={2} label="Reading their page…" />
        ) : (
          <Empty
            icon={UserRoundX}
            title="Nothing of this person is on this computer."
          />
        )}
      </Screen>
    );
  }
  const { isMe, name } = page.label;
  return (
    <Screen
      title={foreignLine(name)}
      heading={<Foreign>{name}</Foreign>}
      onBack={back}
      actions={
        isMe ? (
          <Button icon={Pencil} onPress={() => go({ screen: "settings" })}>
            Edit
          </Button>
        ) : (
          page.contact !== null && <ShareWith contact={page.contact} />
        )
      }
    >
      <PersonHead page={page} />
      <Shown
        page={page}
        onMore={() => setCount(Math.min(MOST, count + STEP))}
      />
    </Screen>
  );
}

function Shown(props: {
  readonly page: PersonPage;
  readonly onMore: () => void;
}) {
  const { page } = props;
  const [tab, setTab] = useState<"posts" | "files">("posts");
  const onSeen = useReadMarks(false);
  const { posts, collections } = page;
  const who = page.label.isMe ? "You have" : "They have";
  return (
    <>
      <Choices
        label="Show"
        value={tab}
        onChange={setTab}
        choices={[
          { id: "posts", words: "Posts" },
          { id: "files", words: "Files" },
        ]}
      />
      {tab === "posts" &&
        (posts.total === 0 ? (
          <Empty icon={Feather} title={`${who} not posted yet.`} />
        ) : (
          <>
            <div role="feed" aria-label="Posts" aria-busy={false}>
              {posts.items.map((post, place) => (
                <PostCard
                  key={post.ref}
                  post={post}
                  place="list"
                  position={place + 1}
                  onSeen={onSeen}
                />
              ))}
            </div>
            {posts.items.length < posts.total && posts.items.length < MOST && (
              <div className="person__more">
                <Button onPress={props.onMore}>Show more posts</Button>
              </div>
            )}
          </>
        ))}
      {tab === "files" &&
        (collections.length === 0 ? (
          <Empty icon={FolderOpen} title={`${who} shared no collections.`} />
        ) : (
          <ul className="person__files" aria-label="Collections">
            {collections.map((row) => (
              <CollectionCard key={row.collection} row={row} />
            ))}
          </ul>
        ))}
    </>
  );
}
