import {
  Captions,
  CaptionsOff,
  Maximize,
  Minimize,
  Pause,
  Play,
  Volume1,
  Volume2,
  VolumeX,
} from "lucide-react";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { SPEEDS, type MediaActs } from "./use-media-acts.ts";
import { timeFigures } from "./player-time.ts";
import { SeekBar } from "./seek-bar.tsx";
import type { MediaState } from "./use-media.ts";

const speeds = SPEEDS.map((speed) => ({
  id: String(speed),
  words: `${String(speed)}×`,
}));

/** The controls of a player. They stand the same way round in every script, as on every machine that plays. */
export function PlayerBar(props: {
  readonly media: MediaState;
  readonly acts: MediaActs;
  /** The captions shown; null when they are off, undefined when there are none. */
  readonly captions: string | null | undefined;
  readonly onCaptions: () => void;
  /** Null for a sound, which has no picture to fill the screen with. */
  readonly full: { readonly isOn: boolean; readonly toggle: () => void } | null;
}) {
  const { media, acts, full } = props;
  const volume = media.isMuted ? 0 : media.volume;
  return (
    <div className="player__bar" dir="ltr">
      <SeekBar media={media} onSeek={acts.seek} />
      <div className="player__row">
        <IconButton
          icon={media.isPlaying ? Pause : Play}
          label={media.isPlaying ? "Pause" : "Play"}
          keys="Space"
          onPress={acts.toggle}
        />
        <span className="player__time">
          {timeFigures(media.time)}
          <span className="player__length"> / {timeFigures(media.length)}</span>
        </span>
        <span className="player__space">
          {media.isWaiting && <span className="player__wait">On its way…</span>}
        </span>
        <IconButton
          icon={volume === 0 ? VolumeX : volume < 0.5 ? Volume1 : Volume2}
          label={media.isMuted ? "Sound on" : "Sound off"}
          keys="M"
          onPress={acts.mute}
        />
        <input
          type="range"
          className="player__volume"
          aria-label="Volume"
          aria-valuetext={`${String(Math.round(volume * 100))} %`}
          data-keys="own"
          min={0}
          max={1}
          step={0.05}
          value={volume}
          style={{ "--part": `${volume * 100}%` }}
          onChange={(event) =>
            acts.setVolume(event.currentTarget.valueAsNumber)
          }
        />
        <div className="player__speed">
          <Select
            label="Speed"
            hideLabel
            value={String(media.speed)}
            choices={speeds}
            onChange={(speed) => acts.setSpeed(Number(speed))}
          />
        </div>
        {props.captions !== undefined && (
          <IconButton
            icon={props.captions === null ? CaptionsOff : Captions}
            label={
              props.captions === null
                ? "Captions"
                : props.captions === ""
                  ? "Captions"
                  : `Captions: ${props.captions}`
            }
            keys="C"
            pressed={props.captions !== null}
            onPress={props.onCaptions}
          />
        )}
        {full !== null && (
          <IconButton
            icon={full.isOn ? Minimize : Maximize}
            label={full.isOn ? "Leave full screen" : "Full screen"}
            keys="F"
            onPress={full.toggle}
          />
        )}
      </div>
    </div>
  );
}
