import { memo, useRef, useState } from "react";
import type { EntryRef } from "#core/contract/ids.ts";
import type { Post } from "#core/contract/feed-models.ts";
import { PersonPicture } from "#renderer/parts/person/person-picture.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { agoWords, plural } from "#renderer/words/time.ts";
import { EditBox } from "./edit-box.tsx";
import { PostBody } from "./post-body.tsx";
import { PostFoot } from "./post-foot.tsx";
import { PostHead } from "./post-head.tsx";
import { useSeen } from "./use-seen.ts";
import "./post-card.css";

/** What a screen reader says of a post before its text. */
function labelOf(post: Post): string {
  return [
    foreignLine(post.author.name),
    agoWords(post.at, readClock()),
    post.attachments.length > 0
      ? plural(post.attachments.length, "file")
      : null,
    post.unread ? "unread" : null,
  ]
    .filter((part) => part !== null)
    .join(", ");
}

/** One post, the same everywhere. */
export const PostCard = memo(function PostCard(props: {
  readonly post: Post;
  /** How it stands: in a list, as the subject of its page, or as a reply. */
  readonly place: "list" | "subject" | "reply";
  readonly position?: number;
  readonly onSeen?: (ref: EntryRef) => void;
  readonly onReply?: (post: Post) => void;
}) {
  const { post, place } = props;
  const card = useRef<HTMLElement>(null);
  const [isEditing, setEditing] = useState(false);
  useSeen(card, post.unread, () => props.onSeen?.(post.ref));
  const size = place === "reply" ? 34 : 44;
  return (
    <article
      ref={card}
      className={cx("post", `post--${place}`, post.unread && "post--unread")}
      aria-label={labelOf(post)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- posts of a feed take the focus (W3C feed pattern)
      tabIndex={0}
      data-post={post.ref}
      data-unread={post.unread ? "" : null}
      {...(props.position === undefined
        ? {}
        : { "aria-posinset": props.position, "aria-setsize": -1 })}
    >
      <div className="post__side">
        <PersonPicture person={post.author} size={size} />
      </div>
      <div className="post__main">
        <PostHead post={post} place={place} onEdit={() => setEditing(true)} />
        {isEditing ? (
          <EditBox post={post} onClose={() => setEditing(false)} />
        ) : (
          <PostBody post={post} cut={place === "list"} />
        )}
        <PostFoot
          post={post}
          place={place}
          {...(props.onReply === undefined ? {} : { onReply: props.onReply })}
        />
      </div>
    </article>
  );
});
