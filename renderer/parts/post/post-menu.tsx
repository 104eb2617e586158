import { useState } from "react";
import {
  Copy,
  Ellipsis,
  Eraser,
  History,
  Mail,
  MailOpen,
  MessageSquareText,
  Pencil,
} from "lucide-react";
import { Button as Press } from "react-aria-components";
import type { Post } from "#core/contract/feed-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useRouter } from "#renderer/routing/router.tsx";
import { MenuButton, type MenuChoice } from "#renderer/ui/menu.tsx";
import { useCopy } from "#renderer/ui/use-copy.ts";
import { HistoryDialog } from "./history-dialog.tsx";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

/** What else can be done with a post. */
export function PostMenu(props: {
  readonly post: Post;
  readonly onEdit: () => void;
}) {
  const { post } = props;
  const { go } = useRouter();
  const act = useAct();
  const copy = useCopy();
  const [dialog, setDialog] = useState<"history" | "withdraw" | null>(null);
  const close = () => setDialog(null);
  const choices: MenuChoice[] = [
    {
      id: "open",
      words: "Open",
      icon: MessageSquareText,
      onChoose: () => go({ screen: "post", post: post.ref }),
    },
    {
      id: "copy",
      words: "Copy text",
      icon: Copy,
      onChoose: () => copy(post.text, "Text copied"),
    },
  ];
  if (!post.author.isMe) {
    choices.push({
      id: "read",
      words: post.unread ? "Mark read" : "Mark unread",
      icon: post.unread ? MailOpen : Mail,
      onChoose: () => act("markRead", { posts: [post.ref], read: post.unread }),
    });
  }
  if (post.author.isMe && post.withdrawnAt === null) {
    choices.push({
      id: "edit",
      words: "Edit",
      icon: Pencil,
      onChoose: props.onEdit,
    });
  }
  if (post.edits > 0) {
    choices.push({
      id: "history",
      words: "History",
      icon: History,
      onChoose: () => setDialog("history"),
    });
  }
  if (post.author.isMe && post.withdrawnAt === null) {
    choices.push({
      id: "withdraw",
      words: "Ask others to remove it",
      icon: Eraser,
      danger: true,
      onChoose: () => setDialog("withdraw"),
    });
  }
  return (
    <>
      <MenuButton
        label="More about this post"
        choices={choices}
        trigger={
          <Press
            className="icon-button icon-button--small post__menu"
            aria-label="More about this post"
            data-post-menu=""
          >
            <Ellipsis size={18} aria-hidden />
          </Press>
        }
      />
      {dialog === "history" && <HistoryDialog post={post} onClose={close} />}
      {dialog === "withdraw" && <WithdrawDialog post={post} onClose={close} />}
    </>
  );
}
