import { MessageCircle } from "lucide-react";
import type { Post } from "#core/contract/feed-models.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { plural } from "#renderer/words/time.ts";
import { CopiesChip } from "./copies-chip.tsx";
import { Reactions } from "./reactions.tsx";

/** What people did with a post, and what can be done. */
export function PostFoot(props: {
  readonly post: Post;
  readonly place: "list" | "subject" | "reply";
  readonly onReply?: (post: Post) => void;
}) {
  const { post, onReply } = props;
  const { go } = useRouter();
  return (
    <footer className="post__foot">
      <Reactions post={post} />
      <Button
        kind="quiet"
        size="small"
        icon={MessageCircle}
        onPress={() =>
          onReply === undefined
            ? go({ screen: "post", post: post.ref })
            : onReply(post)
        }
        {...(post.replyCount > 0
          ? { label: `Reply, ${plural(post.replyCount, "reply", "replies")}` }
          : {})}
      >
        {post.replyCount > 0
          ? plural(post.replyCount, "reply", "replies")
          : "Reply"}
      </Button>
      <CopiesChip copies={post.copies} />
    </footer>
  );
}
