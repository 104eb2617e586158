import type { RefObject } from "react";
import { useEffect, useState } from "react";
import { recallPlayer, rememberPlayer } from "./player-memory.ts";

/** A stretch that is here already, in parts of the whole from 0 to 1. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What a player shows of the sound or film it plays. */
export interface MediaState {
  readonly isPlaying: boolean;
  /** It would go on, but the bytes are not here yet. */
  readonly isWaiting: boolean;
  readonly hasBegun: boolean;
  readonly time: number;
  /** NaN until it is known. */
  readonly length: number;
  readonly here: readonly Stretch[];
  readonly volume: number;
  readonly isMuted: boolean;
  readonly speed: number;
}

const AT_FIRST: MediaState = {
  isPlaying: false,
  isWaiting: false,
  hasBegun: false,
  time: 0,
  length: Number.NaN,
  here: [],
  volume: 1,
  isMuted: false,
  speed: 1,
};

const EVENTS = [
  "play",
  "pause",
  "ended",
  "waiting",
  "playing",
  "seeking",
  "seeked",
  "timeupdate",
  "durationchange",
  "progress",
  "volumechange",
  "ratechange",
  "loadedmetadata",
  "emptied",
] as const;

/** Follows a media element; the volume is the one chosen last, and is remembered. */
export function useMedia(
  media: RefObject<HTMLMediaElement | null>,
): MediaState {
  const [state, setState] = useState(AT_FIRST);
  useEffect(() => {
    const element = media.current;
    if (element === null) return;
    startAsBefore(element);
    let isWaiting = false;
    const look = (event: Event) => {
      if (event.type === "waiting" || event.type === "seeking")
        isWaiting = true;
      else if (
        ["playing", "seeked", "pause", "timeupdate"].includes(event.type)
      )
        isWaiting = element.seeking;
      if (event.type === "volumechange")
        rememberPlayer({
          ...recallPlayer(),
          volume: element.volume,
          muted: element.muted,
        });
      setState((before) => stateOf(element, before, isWaiting));
    };
    for (const name of EVENTS) element.addEventListener(name, look);
    return () => {
      for (const name of EVENTS) element.removeEventListener(name, look);
    };
  }, [media]);
  return state;
}

/** As loud as it was chosen last; the element tells of it by itself. */
function startAsBefore(element: HTMLMediaElement): void {
  const { volume, muted } = recallPlayer();
  element.volume = volume;
  element.muted = muted;
}

function stateOf(
  element: HTMLMediaElement,
  before: MediaState,
  isWaiting: boolean,
): MediaState {
  const { duration, buffered, currentTime } = element;
  const isPlaying = !element.paused && !element.ended;
  return {
    isPlaying,
    isWaiting,
    hasBegun: before.hasBegun || isPlaying || currentTime > 0,
    time: currentTime,
    length: duration,
    here: Number.isFinite(duration)
      ? Array.from({ length: buffered.length }, (_, place) => ({
          from: buffered.start(place) / duration,
          to: buffered.end(place) / duration,
        }))
      : [],
    volume: element.volume,
    isMuted: element.muted,
    speed: element.playbackRate,
  };
}
