import type { Post } from "#core/contract/feed-models.ts";
import { isChord } from "#renderer/commands/keys.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ButtonRow } from "#renderer/ui/dialog.tsx";
import { isTooLong, postSizeWords } from "#renderer/words/post-size.ts";
import { useEditDraft } from "./use-edit-draft.ts";

/** The text of an own post, being changed. What was there before stays in its history. */
export function EditBox(props: {
  readonly post: Post;
  readonly onClose: () => void;
}) {
  const { text, setText, discard } = useEditDraft(props.post);
  const edit = useTask("editPost");
  const isLong = isTooLong(text);
  const cancel = () => {
    discard();
    props.onClose();
  };
  const save = () => {
    if (text.trim() === "" || isLong) return;
    if (text === props.post.text) cancel();
    else edit.run({ post: props.post.ref, text }, cancel);
  };
  return (
    <form
      className="edit-box"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        className="edit-box__text"
        aria-label="Text of the post"
        dir="auto"
        value={text}
        ref={(box) => box?.focus()}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (isChord(event.nativeEvent, "Mod+Enter")) save();
          else if (event.key === "Escape") cancel();
        }}
      />
      {isLong && (
        <p className="edit-box__long" role="alert">
          Too long for one post: {postSizeWords(text)}. Shorten it.
        </p>
      )}
      <ErrorNotice error={edit.error} />
      <ButtonRow>
        <Button onPress={cancel}>Cancel</Button>
        <Button
          kind="primary"
          type="submit"
          pending={edit.pending}
          disabled={text.trim() === "" || isLong}
        >
          Save
        </Button>
      </ButtonRow>
    </form>
  );
}
