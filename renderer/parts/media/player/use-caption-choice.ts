import type { RefObject } from "react";
import { useEffect, useState } from "react";
import type { CaptionTrack } from "./caption-track.ts";
import { recallPlayer, rememberPlayer } from "./player-memory.ts";

/** Which captions are shown: the first ones unless they were switched off before, then the next, then none. */
export function useCaptionChoice(
  media: RefObject<HTMLMediaElement | null>,
  tracks: readonly CaptionTrack[],
): {
  /** The label of what is shown; null when off, undefined when there are none. */
  readonly shown: string | null | undefined;
  readonly next: () => void;
  /** What is said now, for sounds: they have no picture to write on. */
  readonly words: string;
} {
  const [at, setAt] = useState(() => (recallPlayer().captions ? 0 : -1));
  const [words, setWords] = useState("");
  const track = tracks[at];
  useEffect(() => {
    const element = media.current;
    if (element === null) return;
    const lists = Array.from(element.textTracks);
    for (const [place, list] of lists.entries())
      list.mode = place === at ? "showing" : "disabled";
    const chosen = lists[at];
    const look = () =>
      setWords(
        Array.from(chosen?.activeCues ?? [])
          .map((cue) => ("text" in cue ? String(cue.text) : ""))
          .join("\n"),
      );
    chosen?.addEventListener("cuechange", look);
    return () => chosen?.removeEventListener("cuechange", look);
  }, [media, at, tracks]);
  return {
    shown: tracks.length === 0 ? undefined : (track?.label ?? null),
    next: () => {
      if (tracks.length === 0) return;
      const next = at + 1 >= tracks.length ? -1 : at + 1;
      setAt(next);
      setWords("");
      rememberPlayer({ ...recallPlayer(), captions: next !== -1 });
    },
    words,
  };
}
