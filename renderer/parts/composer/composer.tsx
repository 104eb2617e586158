import type { KeyboardEvent, ClipboardEvent } from "react";
import { useId, useRef } from "react";
import { Paperclip } from "lucide-react";
import { isChord, keyWords } from "#renderer/commands/keys.ts";
import { ErrorNotice } from "#renderer/parts/error-notice.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { postSizeWords } from "#renderer/words/post-size.ts";
import { AttachedFiles } from "./attached-files.tsx";
import { AudienceSelect } from "./audience-select.tsx";
import { SavedNote } from "./saved-note.tsx";
import { toggleMark } from "./text-marks.ts";
import type { Writing } from "./use-writing.ts";
import "./composer.css";

const LONG = 5_000;
const marks = [
  ["Mod+B", "**"],
  ["Mod+I", "*"],
  ["Mod+E", "`"],
] as const;

/** The box in which posts and replies are written. What is in it stays until it is out. */
export function Composer(props: {
  readonly writing: Writing;
  readonly label: string;
  readonly action: string;
  readonly kind: "post" | "reply";
  /** Said beside the button while nobody is connected. */
  readonly note?: string | null;
}) {
  const { writing, kind } = props;
  const picker = useRef<HTMLInputElement>(null);
  const id = useId();

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const press = event.nativeEvent;
    const mark = marks.find(([keys]) => isChord(press, keys));
    const isReplyEnter =
      kind === "reply" &&
      press.key === "Enter" &&
      !press.shiftKey &&
      !press.isComposing;
    if (isChord(press, "Mod+Enter") || (isReplyEnter && !press.altKey)) {
      event.preventDefault();
      writing.submit();
    } else if (mark !== undefined) {
      event.preventDefault();
      writing.setText(toggleMark(event.currentTarget, mark[1]));
    } else if (isChord(press, "Mod+U")) {
      event.preventDefault();
      picker.current?.click();
    } else if (press.key === "Escape") {
      event.currentTarget.blur();
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    writing.chips.add(files);
  };

  return (
    <form
      className={cx(
        "composer",
        `composer--${kind}`,
        !writing.isEmpty && "composer--in-use",
      )}
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault();
        writing.submit();
      }}
    >
      <label className="unseen" htmlFor={id}>
        {props.label}
      </label>
      <textarea
        id={id}
        className="composer__text"
        placeholder={props.label}
        dir="auto"
        rows={kind === "post" ? 2 : 1}
        value={writing.text}
        onChange={(event) => writing.setText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        data-composer={kind === "post" ? "" : null}
        data-reply={kind === "reply" ? "" : null}
      />
      <AttachedFiles chips={writing.chips} />
      <ErrorNotice error={writing.error} />
      <div className="composer__foot">
        <IconButton
          icon={Paperclip}
          label="Attach files"
          keys={keyWords("Mod+U")}
          onPress={() => picker.current?.click()}
        />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-hidden
          tabIndex={-1}
          onChange={(event) => {
            writing.chips.add([...(event.target.files ?? [])]);
            // The same file can be chosen again after it was removed.
            event.target.value = "";
          }}
        />
        {kind === "post" && (
          <AudienceSelect
            value={writing.audience}
            onChange={writing.setAudience}
          />
        )}
        <span className="composer__note">
          <SavedNote savedAt={writing.isEmpty ? null : writing.savedAt} />
          {writing.isTooLong ? (
            <span className="composer__long" role="alert">
              Too long for one post: {postSizeWords(writing.text)}. Shorten it,
              or attach it as a file.
            </span>
          ) : (
            writing.text.length > LONG && (
              <span>{postSizeWords(writing.text)}</span>
            )
          )}
          {!writing.isEmpty && props.note}
        </span>
        <Button
          kind={writing.isEmpty ? "secondary" : "primary"}
          type="submit"
          pending={writing.pending}
          disabled={writing.isEmpty || writing.isTooLong}
        >
          {props.action}
        </Button>
      </div>
    </form>
  );
}
