import { useCallback, useRef, useState } from "react";
import { Music } from "lucide-react";
import { Player } from "#renderer/parts/media/player/player.tsx";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { FileTitle } from "#renderer/parts/media/file-title.tsx";
import { usePreviewKeys } from "./preview-keys.ts";
import {
  BrokenNotice,
  ReadingNotice,
  WaitingNotice,
} from "./preview-notice.tsx";
import { readPart } from "#renderer/parts/media/read-part.ts";
import { useCaptionTracks } from "./use-caption-tracks.ts";
import { useReading } from "#renderer/parts/media/use-reading.ts";
import type { ViewProps } from "./view-props.ts";

/** A sound or film, played while it arrives. */
export function PlayerView(
  props: ViewProps & { readonly kind: "sound" | "film" },
) {
  const { file, address, kind } = props;
  // Asked for anew after it broke off, to go on where it was.
  const [attempt, setAttempt] = useState({ count: 0, at: 0 });
  const [isBroken, setBroken] = useState(false);
  const captions = useCaptionTracks(file, props.beside);
  const keys = useRef<(event: KeyboardEvent) => boolean>(() => false);
  const setKeys = useCallback((handler: (event: KeyboardEvent) => boolean) => {
    keys.current = handler;
  }, []);
  usePreviewKeys((event) => keys.current(event));
  const reading = useReading(
    `${address}#${String(attempt.count)}`,
    async (signal) => {
      const head = await readPart(address, 0, 1, signal);
      if (head.length === 0) throw new Error("empty");
      return true;
    },
  );
  if (isBroken || reading.stage === "broken")
    return (
      <BrokenNotice
        {...props}
        words={
          kind === "film"
            ? "This video cannot be played here. It may be damaged, or made for another player."
            : "This sound cannot be played here. It may be damaged, or made for another player."
        }
      />
    );
  if (reading.stage === "reading") return <ReadingNotice />;
  if (reading.stage === "waiting")
    return <WaitingNotice {...props} isFull={reading.isFull} />;
  return (
    <Player
      kind={kind}
      address={address}
      label={foreignLine(file.name)}
      captions={captions}
      startAt={attempt.at}
      keys={setKeys}
      cover={
        kind === "sound" && (
          <div className="sound-cover">
            <span className="sound-cover__picture" aria-hidden>
              <Music size={56} strokeWidth={1.2} />
            </span>
            <p className="sound-cover__name">
              <FileTitle name={file.name} />
            </p>
          </div>
        )
      }
      onFailed={(at, wasRunning) => {
        if (wasRunning && attempt.count < 5)
          setAttempt({ count: attempt.count + 1, at });
        else setBroken(true);
      }}
    />
  );
}
