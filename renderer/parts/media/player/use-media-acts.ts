import type { RefObject } from "react";
import { isChord } from "#renderer/commands/keys.ts";

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** What a person can do with a player. */
export interface MediaActs {
  readonly toggle: () => void;
  readonly seek: (seconds: number) => void;
  readonly skip: (seconds: number) => void;
  readonly setVolume: (volume: number) => void;
  readonly louder: (by: number) => void;
  readonly mute: () => void;
  readonly setSpeed: (speed: number) => void;
  /** One step slower (-1) or faster (1). */
  readonly faster: (steps: 1 | -1) => void;
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** The acts of one player. */
export function useMediaActs(
  media: RefObject<HTMLMediaElement | null>,
  onFailed: () => void,
): MediaActs {
  const withMedia = (act: (element: HTMLMediaElement) => void) => {
    if (media.current !== null) act(media.current);
  };
  const seek = (seconds: number) =>
    withMedia((element) => {
      const end = Number.isFinite(element.duration) ? element.duration : 0;
      element.currentTime = between(0, seconds, end);
    });
  const setVolume = (volume: number) =>
    withMedia((element) => {
      element.volume = between(0, Math.round(volume * 100) / 100, 1);
      element.muted = false;
    });
  const setSpeed = (speed: number) =>
    withMedia((element) => {
      element.playbackRate = speed;
    });
  return {
    toggle: () =>
      withMedia((element) => {
        if (element.paused)
          element.play().catch((error: unknown) => {
            // A pause before it began is no failure.
            if (!(error instanceof DOMException && error.name === "AbortError"))
              onFailed();
          });
        else element.pause();
      }),
    seek,
    skip: (by) => withMedia((element) => seek(element.currentTime + by)),
    setVolume,
    louder: (by) =>
      withMedia((element) =>
        setVolume((element.muted ? 0 : element.volume) + by),
      ),
    mute: () =>
      withMedia((element) => {
        element.muted = !element.muted;
      }),
    setSpeed,
    faster: (steps) =>
      withMedia((element) => {
        const at = SPEEDS.findIndex((one) => one >= element.playbackRate);
        setSpeed(SPEEDS[between(0, at + steps, SPEEDS.length - 1)] ?? 1);
      }),
  };
}

/** The keys of a player. Answers whether the key was one of them. */
export function mediaKey(
  event: KeyboardEvent,
  acts: MediaActs,
  more: { readonly full: () => void; readonly captions: () => void },
): boolean {
  const keys: readonly (readonly [string, () => void])[] = [
    ["Space", acts.toggle],
    ["K", acts.toggle],
    ["ArrowLeft", () => acts.skip(-5)],
    ["ArrowRight", () => acts.skip(5)],
    ["Shift+ArrowLeft", () => acts.skip(-30)],
    ["Shift+ArrowRight", () => acts.skip(30)],
    ["ArrowUp", () => acts.louder(0.05)],
    ["ArrowDown", () => acts.louder(-0.05)],
    ["Home", () => acts.seek(0)],
    ["M", acts.mute],
    ["F", more.full],
    ["C", more.captions],
    ["<", () => acts.faster(-1)],
    [">", () => acts.faster(1)],
  ];
  const found = keys.find(([chord]) => isChord(event, chord));
  found?.[1]();
  return found !== undefined;
}
