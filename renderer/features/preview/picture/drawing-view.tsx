import { useEffect, useState } from "react";
import {
  BrokenNotice,
  ReadingNotice,
  WaitingNotice,
} from "#renderer/features/preview/preview-notice.tsx";
import { PREVIEW_DRAWING_BYTES } from "#renderer/parts/media/preview-limits.ts";
import { readPart } from "#renderer/parts/media/read-part.ts";
import { useReading } from "#renderer/parts/media/use-reading.ts";
import type { ViewProps } from "#renderer/features/preview/view-props.ts";
import { isHeavyDrawing } from "./heavy-drawing.ts";
import { altOf } from "./picture-view.tsx";
import { ZoomedPicture } from "./zoomed-picture.tsx";

/**
 * An SVG, as a picture and never as a page: in an `img` no script of it runs
 * and nothing it names is fetched.
 */
export function DrawingView(props: ViewProps) {
  const { file, address } = props;
  const [isBroken, setBroken] = useState(false);
  const [picture, setPicture] = useState<string | null>(null);
  const reading = useReading(address, async (signal) => {
    if (file.size > PREVIEW_DRAWING_BYTES) return null;
    const bytes = await readPart(address, 0, file.size, signal);
    return isHeavyDrawing(new TextDecoder().decode(bytes)) ? null : bytes;
  });
  const bytes = reading.stage === "ready" ? reading.value : null;
  useEffect(() => {
    if (bytes === null) return;
    const made = URL.createObjectURL(
      new Blob([bytes], { type: "image/svg+xml" }),
    );
    // oxlint-disable-next-line react/set-state-in-effect -- an address that is given back when the drawing goes
    setPicture(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  if (reading.stage === "waiting")
    return <WaitingNotice {...props} isFull={reading.isFull} />;
  if (reading.stage === "broken" || isBroken)
    return <BrokenNotice {...props} />;
  if (reading.stage === "ready" && reading.value === null)
    return (
      <BrokenNotice
        {...props}
        words="This drawing is too involved to be shown here."
      />
    );
  if (picture === null) return <ReadingNotice />;
  return (
    <ZoomedPicture
      address={picture}
      alt={altOf(props)}
      onBroken={() => setBroken(true)}
    />
  );
}
