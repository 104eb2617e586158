import { useState } from "react";
import type { Post } from "#core/contract/feed-models.ts";
import { isChord } from "#renderer/commands/keys.ts";
import { useTask } from "#renderer/core/use-act.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ButtonRow } from "#renderer/ui/dialog.tsx";

/** The text of an own post, being changed. What was there before stays in its history. */
export function EditBox(props: {
  readonly post: Post;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState(props.post.text);
  const edit = useTask("editPost");
  const save = () => {
    if (text === props.post.text) props.onClose();
    else edit.run({ post: props.post.ref, text }, props.onClose);
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
          else if (event.key === "Escape") props.onClose();
        }}
      />
      <ErrorNotice error={edit.error} />
      <ButtonRow>
        <Button onPress={props.onClose}>Cancel</Button>
        <Button
          kind="primary"
          type="submit"
          pending={edit.pending}
          disabled={text.trim() === ""}
        >
          Save
        </Button>
      </ButtonRow>
    </form>
  );
}
