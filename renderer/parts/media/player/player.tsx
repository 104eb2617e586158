import type { ReactNode } from "react";
import { useEffect, useRef } from "react";
import { Play } from "lucide-react";
import { cx } from "#renderer/ui/class-names.ts";
import type { CaptionTrack } from "./caption-track.ts";
import { useMediaActs, mediaKey } from "./use-media-acts.ts";
import { PlayerBar } from "./player-bar.tsx";
import { useMedia } from "./use-media.ts";
import { useCaptionChoice } from "./use-caption-choice.ts";
import { useFullScreen } from "./use-full-screen.ts";
import { useQuiet } from "./use-quiet.ts";
import "./player.css";

/** Plays a sound or a film, also while it arrives. Nothing plays by itself, nothing begins anew. */
export function Player(props: {
  readonly kind: "sound" | "film";
  readonly address: string;
  readonly label: string;
  readonly captions: readonly CaptionTrack[];
  /** Seconds from the beginning. */
  readonly startAt: number;
  /** What stands where a film has its picture. */
  readonly cover?: ReactNode;
  /** Hands out the keys of the player. */
  readonly keys: (handler: (event: KeyboardEvent) => boolean) => void;
  /** It could not go on after this many seconds; `wasRunning` when it had been playable. */
  readonly onFailed: (at: number, wasRunning: boolean) => void;
}) {
  const { kind, captions } = props;
  const media = useRef<HTMLVideoElement>(null);
  const state = useMedia(media);
  const failed = () =>
    props.onFailed(
      media.current?.currentTime ?? 0,
      Number.isFinite(media.current?.duration),
    );
  const acts = useMediaActs(media, failed);
  const choice = useCaptionChoice(media, captions);
  const full = useFullScreen();
  const { box, isQuiet } = useQuiet(kind === "film" && state.isPlaying);
  const { keys } = props;
  useEffect(() => {
    keys((event) =>
      mediaKey(event, acts, {
        full: () => {
          if (kind === "film") full.toggle();
        },
        captions: choice.next,
      }),
    );
  });
  const { startAt } = props;
  useEffect(() => {
    if (media.current !== null && startAt > 0)
      media.current.currentTime = startAt;
  }, [startAt]);
  const Media = kind === "film" ? "video" : "audio";
  return (
    <div
      ref={box}
      className={cx("player", `player--${kind}`, isQuiet && "player--quiet")}
    >
      {props.cover}
      {kind === "sound" && choice.words !== "" && (
        <p className="player__words foreign" dir="auto">
          {choice.words}
        </p>
      )}
      <Media
        ref={media}
        className="player__media"
        src={props.address}
        preload="metadata"
        playsInline
        aria-label={props.label}
        onError={failed}
        {...(kind === "film"
          ? { onClick: acts.toggle, onDoubleClick: full.toggle }
          : {})}
      >
        {captions.map((track) => (
          <track
            key={track.address}
            kind="captions"
            src={track.address}
            label={track.label === "" ? "Captions" : track.label}
          />
        ))}
      </Media>
      {kind === "film" && !state.hasBegun && (
        <button
          type="button"
          className="player__start"
          tabIndex={-1}
          aria-hidden
          onClick={acts.toggle}
        >
          <Play size={34} />
        </button>
      )}
      <PlayerBar
        media={state}
        acts={acts}
        captions={choice.shown}
        onCaptions={choice.next}
        full={kind === "film" ? full : null}
      />
    </div>
  );
}
