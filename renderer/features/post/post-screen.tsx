import { useRef, useState } from "react";
import { CornerDownRight, FileQuestion, X } from "lucide-react";
import type { EntryRef } from "#core/contract/ids.ts";
import type { Post, Thread } from "#core/contract/feed-models.ts";
import { useCoreState } from "#renderer/core/use-core-state.ts";
import { Composer } from "#renderer/parts/composer/composer.tsx";
import { useWriting } from "#renderer/parts/composer/use-writing.ts";
import { HeldPosts } from "#renderer/parts/held/held-posts.tsx";
import { PersonName } from "#renderer/parts/person/person-name.tsx";
import { useDropTarget } from "#renderer/parts/place/drop-target.ts";
import { PostCard } from "#renderer/parts/post/post-card.tsx";
import { usePostKeys } from "#renderer/parts/post/use-post-keys.ts";
import { useReadMarks } from "#renderer/parts/post/use-read-marks.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Empty } from "#renderer/ui/empty.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Screen } from "#renderer/ui/screen.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { plural } from "#renderer/words/time.ts";
import { ParentLine } from "./parent-line.tsx";
import { threadRows } from "./thread-rows.ts";
import "./post-screen.css";

/** One post in full, with everything below it. */
export function PostScreen(props: { readonly post: EntryRef }) {
  const thread = useCoreState("thread", { post: props.post });
  const { back } = useRouter();
  if (thread === undefined || thread === null) {
    return (
      <Screen title="Post" onBack={back}>
        {thread === undefined ? (
          <Skeleton shape="post" rows={2} label="Reading the post…" />
        ) : (
          <Empty icon={FileQuestion} title="This post is not on this computer.">
            It may still be on its way, or come from somebody you do not know.
          </Empty>
        )}
      </Screen>
    );
  }
  return <ThreadView thread={thread} />;
}

function ThreadView(props: { readonly thread: Thread }) {
  const { thread } = props;
  const { post } = thread;
  const { back } = useRouter();
  const list = useRef<HTMLDivElement>(null);
  const [answered, setAnswered] = useState<Post | null>(null);
  const writing = useWriting(
    `thread:${post.ref}`,
    (answered ?? post).ref,
    post.audience,
  );
  const onSeen = useReadMarks(false);
  usePostKeys(list);
  useDropTarget({ words: "Drop to attach", drop: writing.chips.add });
  const rows = threadRows(thread);
  const firstUnread = rows.find((row) => row.post.unread);
  const refs = new Set([post.ref, ...thread.replies.map((reply) => reply.ref)]);

  const answer = (to: Post) => {
    setAnswered(to.ref === post.ref ? null : to);
    list.current?.querySelector<HTMLElement>("[data-reply]")?.focus();
  };
  return (
    <Screen
      title={`Post from ${foreignLine(post.author.name)}`}
      heading={<span>Post</span>}
      onBack={back}
      actions={
        firstUnread !== undefined &&
        rows.length > 3 && (
          <Button
            size="small"
            onPress={() =>
              list.current
                ?.querySelector<HTMLElement>(
                  `[data-post="${firstUnread.post.ref}"]`,
                )
                ?.focus()
            }
          >
            First unread
          </Button>
        )
      }
    >
      <div ref={list} className="thread">
        <ParentLine thread={thread} />
        <PostCard
          post={post}
          place="subject"
          onSeen={onSeen}
          onReply={answer}
        />
        <h2 className="thread__count">
          {rows.length === 0
            ? "No replies yet"
            : plural(rows.length, "reply", "replies")}
        </h2>
        <div className="thread__replies">
          {rows.map((row) => (
            <div
              key={row.post.ref}
              className={`thread__row thread__row--${row.level}`}
            >
              {row.answers !== null && (
                <p className="thread__answers">
                  <CornerDownRight size={14} aria-hidden />
                  replying to <PersonName person={row.answers} />
                </p>
              )}
              <PostCard
                post={row.post}
                place="reply"
                onSeen={onSeen}
                onReply={answer}
              />
            </div>
          ))}
        </div>
        <HeldPosts
          belongs={(held) => held.replyTo !== null && refs.has(held.replyTo)}
          onUndone={writing.restore}
        />
        <div className="thread__write">
          {answered !== null && (
            <p className="thread__answers">
              <CornerDownRight size={14} aria-hidden />
              replying to <Foreign>{answered.author.name}</Foreign>
              <IconButton
                icon={X}
                size="small"
                label="Reply to the post instead"
                onPress={() => setAnswered(null)}
              />
            </p>
          )}
          <Composer
            writing={writing}
            label="Write a reply"
            action="Reply"
            kind="reply"
          />
        </div>
      </div>
    </Screen>
  );
}
