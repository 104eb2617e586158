import type { Post } from "#core/contract/feed-models.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ButtonRow, ModalDialog } from "#renderer/ui/dialog.tsx";

/** Asks before asking others: this cannot be undone, and promises nothing it cannot keep. */
export function WithdrawDialog(props: {
  readonly post: Post;
  readonly onClose: () => void;
}) {
  const withdraw = useTask("withdrawPost");
  return (
    <ModalDialog
      title="Ask others to remove it?"
      size="small"
      question
      open
      onClose={props.onClose}
    >
      <p>
        The computers of your contacts will hide this post. Copies already saved
        cannot be taken back: whoever has it can still look at it.
      </p>
      <ErrorNotice error={withdraw.error} />
      <ButtonRow>
        <Button onPress={props.onClose} focusFirst>
          Keep it
        </Button>
        <Button
          kind="danger"
          pending={withdraw.pending}
          onPress={() => withdraw.run({ post: props.post.ref }, props.onClose)}
        >
          Ask to remove
        </Button>
      </ButtonRow>
    </ModalDialog>
  );
}
