import { useState } from "react";
import { timeFigures } from "./player-time.ts";
import type { MediaState } from "./use-media.ts";

/** Where it plays, what is here already, and a way to anywhere else. */
export function SeekBar(props: {
  readonly media: MediaState;
  readonly onSeek: (seconds: number) => void;
}) {
  const { media } = props;
  const length = Number.isFinite(media.length) ? media.length : 0;
  const [pointed, setPointed] = useState<number | null>(null);
  const played = length === 0 ? 0 : media.time / length;
  return (
    <div
      className="seek"
      onPointerMove={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const part = (event.clientX - box.left) / Math.max(1, box.width);
        setPointed(Math.min(1, Math.max(0, part)));
      }}
      onPointerLeave={() => setPointed(null)}
    >
      <div className="seek__rail" aria-hidden>
        {media.here.map(({ from, to }) => (
          <span
            key={from}
            className="seek__here"
            style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
          />
        ))}
        <span className="seek__played" style={{ width: `${played * 100}%` }} />
      </div>
      <input
        type="range"
        className="seek__input"
        aria-label="Place"
        aria-valuetext={`${timeFigures(media.time)} of ${timeFigures(length)}`}
        min={0}
        max={Math.max(length, 0.1)}
        step="any"
        value={Math.min(media.time, Math.max(length, 0.1))}
        disabled={length === 0}
        onChange={(event) => props.onSeek(event.currentTarget.valueAsNumber)}
      />
      {pointed !== null && length > 0 && (
        <span
          className="seek__tip"
          aria-hidden
          style={{ left: `${pointed * 100}%` }}
        >
          {timeFigures(pointed * length)}
        </span>
      )}
    </div>
  );
}
