import { use, useCallback, useEffect, useMemo, useState } from "react";
import type { CoreError } from "#core/contract/errors.ts";
import { POST_TEXT_BYTES } from "#core/contract/limits.ts";
import type { EntryRef } from "#core/contract/ids.ts";
import type { Audience, HeldPost } from "#core/contract/feed-models.ts";
import { useAct } from "#renderer/core/use-act.ts";
import { useRested } from "#renderer/ui/clock.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { isTooLong } from "#renderer/words/post-size.ts";
import { useChips, type Chips } from "./use-chips.ts";
import { HeldMemory } from "./held-memory.ts";

/** The draft is written down once the keys rest this long. */
const DRAFT_MS = 400;

export interface Writing {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly audience: Audience;
  readonly setAudience: (audience: Audience) => void;
  readonly chips: Chips;
  readonly savedAt: number | null;
  readonly pending: boolean;
  readonly error: CoreError | null;
  readonly isEmpty: boolean;
  /** More than one post can hold: it cannot go out like this. */
  readonly isTooLong: boolean;
  readonly submit: () => void;
  /** Puts a post that was taken back into the box again. */
  readonly restore: (held: HeldPost) => void;
}

/** What is being written in one place: its text, its files, its draft, and posting it. */
export function useWriting(
  place: string,
  replyTo: EntryRef | null,
  given: Audience,
): Writing {
  const act = useAct();
  const memory = use(HeldMemory);
  const chips = useChips();
  const [text, setTextState] = useState("");
  const [audience, setAudienceState] = useState<Audience>(given);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<CoreError | null>(null);

  useEffect(() => {
    act(
      "readDraft",
      { place },
      {
        done: ({ draft }) => {
          if (draft === null || draft.text === "") return;
          setTextState((now) => (now === "" ? draft.text : now));
          setAudienceState(draft.audience);
          setSavedAt(draft.savedAt);
        },
        // Without a draft the box is simply empty; nothing to say.
        failed: () => {},
      },
    );
  }, [act, place]);

  const { change, flush } = useRested(
    DRAFT_MS,
    (draft: { readonly text: string; readonly audience: Audience }) => {
      // Text beyond this is more than the core takes, and cannot be posted either.
      if (draft.text.length > POST_TEXT_BYTES * 2) {
        setSavedAt(null);
        return;
      }
      act(
        "saveDraft",
        { place, ...draft },
        {
          done: () => setSavedAt(draft.text === "" ? null : readClock()),
          failed: setError,
        },
      );
    },
  );

  const setText = useCallback(
    (next: string) => {
      setTextState(next);
      setError(null);
      change({ text: next, audience });
    },
    [audience, change],
  );
  const setAudience = useCallback(
    (next: Audience) => {
      setAudienceState(next);
      change({ text, audience: next });
    },
    [change, text],
  );

  const isOver = useMemo(() => isTooLong(text), [text]);
  const submit = useCallback(() => {
    if (pending || isOver || (text.trim() === "" && chips.all.length === 0))
      return;
    flush();
    setPending(true);
    setError(null);
    const attached = chips.all;
    act(
      "post",
      {
        text,
        audience,
        replyTo,
        attachments: attached.map(({ grant, alt }) => ({ grant, alt })),
      },
      {
        done: ({ held }) => {
          memory.set(held, attached);
          setPending(false);
          setTextState("");
          setSavedAt(null);
          chips.replace([]);
          change({ text: "", audience });
          flush();
        },
        failed: (problem) => {
          setPending(false);
          setError(problem);
        },
      },
    );
  }, [
    act,
    audience,
    change,
    chips,
    flush,
    isOver,
    memory,
    pending,
    replyTo,
    text,
  ]);

  const restore = useCallback(
    (held: HeldPost) => {
      const back = text.trim() === "" ? held.text : `${held.text}\n\n${text}`;
      setTextState(back);
      setAudienceState(held.audience);
      chips.replace([...(memory.get(held.id) ?? []), ...chips.all]);
      change({ text: back, audience: held.audience });
    },
    [change, chips, memory, text],
  );

  return {
    text,
    setText,
    audience,
    setAudience,
    chips,
    savedAt,
    pending,
    error: error ?? chips.trouble,
    isEmpty: text.trim() === "" && chips.all.length === 0,
    isTooLong: isOver,
    submit,
    restore,
  };
}
