import { useMemo } from "react";
import {
  BrokenNotice,
  ReadingNotice,
  WaitingNotice,
} from "#renderer/features/preview/preview-notice.tsx";
import type { ViewProps } from "#renderer/features/preview/view-props.ts";
import { readCaptions } from "#renderer/parts/media/player/captions.ts";
import { timeFigures } from "#renderer/parts/media/player/player-time.ts";
import { LineList } from "./line-list.tsx";
import { textLines } from "#renderer/parts/media/text/text-lines.ts";
import { ShownText } from "./text-view.tsx";
import { useText } from "./use-text.ts";

/** Captions by themselves: when, and what is said. */
export function CaptionsView(props: ViewProps) {
  const reading = useText(props);
  const text = reading.stage === "ready" ? reading.value : null;
  const lines = useMemo(
    () =>
      readCaptions(text?.text ?? "")?.flatMap((caption) => {
        const words = caption.text.replaceAll("\n", " ");
        return textLines(words === "" ? " " : words).map((line) => ({
          ...line,
          head: timeFigures(caption.from),
        }));
      }) ?? null,
    [text],
  );
  if (reading.stage === "reading") return <ReadingNotice />;
  if (reading.stage === "waiting")
    return <WaitingNotice {...props} isFull={reading.isFull} />;
  if (text === null) return <BrokenNotice {...props} />;
  return lines === null ? (
    <ShownText {...props} text={text} />
  ) : (
    <LineList
      lines={lines}
      isMono={false}
      label={props.file.name}
      foot={null}
    />
  );
}
