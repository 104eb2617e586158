import { useState } from "react";
import { Eraser } from "lucide-react";
import type { Post } from "#core/contract/feed-models.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Foreign } from "#renderer/ui/foreign.tsx";
import { Markdown } from "#renderer/ui/markdown.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Attachments } from "./attachments.tsx";
import { CutText } from "./cut-text.tsx";

/** What a post says and carries. A post whose author asked for removal stays, folded. */
export function PostBody(props: {
  readonly post: Post;
  readonly cut: boolean;
}) {
  const { post } = props;
  const [isShown, setShown] = useState(false);
  const isWithdrawn = post.withdrawnAt !== null;
  if (isWithdrawn && !isShown) {
    return (
      <div className="post__withdrawn">
        <Eraser size={17} aria-hidden />
        <p>
          {post.author.isMe ? (
            "You asked others to remove this. Copies they already keep stay with them."
          ) : (
            <>
              <Foreign>{post.author.name}</Foreign> removed this. You still have
              it.
            </>
          )}
        </p>
        <Button size="small" onPress={() => setShown(true)}>
          Show
        </Button>
      </div>
    );
  }
  return (
    <>
      {isWithdrawn && (
        <div className="post__withdrawn">
          <Eraser size={17} aria-hidden />
          <p>Removed by its author. This is the copy on your computer.</p>
          <Button size="small" onPress={() => setShown(false)}>
            Hide
          </Button>
        </div>
      )}
      {post.text !== "" &&
        (props.cut ? (
          <CutText>
            <Markdown text={post.text} />
          </CutText>
        ) : (
          <Markdown text={post.text} />
        ))}
      {post.otherVersions.map((text) => (
        <Notice key={text}>
          <p>Edited on two computers at once. The other version:</p>
          <Markdown text={text} />
        </Notice>
      ))}
      {post.attachments.length > 0 && <Attachments post={post} />}
    </>
  );
}
