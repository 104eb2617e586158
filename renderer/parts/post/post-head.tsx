import { Clock3, Link2, UsersRound } from "lucide-react";
import type { Post } from "#core/contract/feed-models.ts";
import { PersonName } from "#renderer/parts/person/person-name.tsx";
import { To } from "#renderer/routing/router.tsx";
import { Ago } from "#renderer/ui/ago.tsx";
import { audienceWords } from "#renderer/words/audience.ts";
import { PostMenu } from "./post-menu.tsx";

/** Who, when, for whom. */
export function PostHead(props: {
  readonly post: Post;
  readonly place: "list" | "subject" | "reply";
  readonly onEdit: () => void;
}) {
  const { post } = props;
  const Audience = post.audience === "contacts" ? UsersRound : Link2;
  return (
    <header className="post__head">
      <span className="post__who">
        <PersonName person={post.author} />
        {post.unread && <span className="post__dot" aria-hidden />}
      </span>
      <span className="post__when">
        <To route={{ screen: "post", post: post.ref }} className="post__time">
          <Ago at={post.at} />
        </To>
        {post.edits > 0 && <span>edited</span>}
        {props.place !== "reply" && (
          <span
            className="post__audience"
            title={`For ${audienceWords(post.audience).toLowerCase()}`}
          >
            <Audience size={13} aria-hidden />
            <span className="post__audience-words">
              {audienceWords(post.audience)}
            </span>
          </span>
        )}
        {post.clockAhead && (
          <span className="post__clock">
            <Clock3 size={13} aria-hidden />
            Their clock looks wrong; this is when it arrived
          </span>
        )}
      </span>
      <PostMenu post={post} onEdit={props.onEdit} />
    </header>
  );
}
