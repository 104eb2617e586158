import { useCallback, useEffect, useState } from "react";
import type { Post } from "#core/contract/feed-models.ts";
import { POST_TEXT_BYTES } from "#core/contract/limits.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useRested } from "#renderer/ui/clock.ts";

/** The draft is written down once the keys rest this long. */
const DRAFT_MS = 400;

/** The text of a post being changed, kept as a draft until it is saved or given up. */
export function useEditDraft({ ref, text: before, audience }: Post): {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly discard: () => void;
} {
  const act = useAct();
  const place = `edit:${ref}`;
  const [text, setTextState] = useState(before);
  const { change, flush } = useRested(DRAFT_MS, (draft: string) => {
    // What the core would not take is not worth a message at every key.
    if (draft.length > POST_TEXT_BYTES * 2) return;
    act(
      "saveDraft",
      { place, text: draft, audience },
      // The text is still in the box, and saving the post says what is wrong.
      { failed: () => {} },
    );
  });
  useEffect(() => {
    act(
      "readDraft",
      { place },
      {
        done: ({ draft }) => {
          if (draft === null || draft.text === "") return;
          setTextState((now) => (now === before ? draft.text : now));
        },
        failed: () => {},
      },
    );
    // oxlint-disable-next-line react/exhaustive-deps -- read once, when the box opens
  }, [act, place]);
  const setText = useCallback(
    (next: string) => {
      setTextState(next);
      change(next);
    },
    [change],
  );
  const discard = useCallback(() => {
    change("");
    flush();
  }, [change, flush]);
  return { text, setText, discard };
}
