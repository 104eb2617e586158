import { useState } from "react";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import {
  BrokenNotice,
  LargeNotice,
  ReadingNotice,
  WaitingNotice,
} from "#renderer/features/preview/preview-notice.tsx";
import {
  PREVIEW_BYTES,
  PREVIEW_PIXELS,
} from "#renderer/parts/media/preview-limits.ts";
import { readPart } from "#renderer/parts/media/read-part.ts";
import { useReading } from "#renderer/parts/media/use-reading.ts";
import type { ViewProps } from "#renderer/features/preview/view-props.ts";
import {
  PICTURE_HEAD_BYTES,
  readPictureHeader,
} from "#core/contract/picture-header.ts";
import { ZoomedPicture } from "./zoomed-picture.tsx";

/** A picture. Its size is read before it is drawn, so that none takes the window's memory. */
export function PictureView(props: ViewProps) {
  const { file, address } = props;
  const [isBroken, setBroken] = useState(false);
  const reading = useReading(address, async (signal) => {
    if (file.size > PREVIEW_BYTES) return "large";
    const head = await readPart(
      address,
      0,
      Math.min(file.size, PICTURE_HEAD_BYTES),
      signal,
    );
    const size = readPictureHeader(head);
    if (size === null || size.width === 0 || size.height === 0)
      throw new Error("no picture");
    return size.width * size.height > PREVIEW_PIXELS ? "large" : "fine";
  });
  if (reading.stage === "reading") return <ReadingNotice />;
  if (reading.stage === "waiting")
    return <WaitingNotice {...props} isFull={reading.isFull} />;
  if (reading.stage === "broken" || isBroken)
    return <BrokenNotice {...props} />;
  return reading.value === "large" ? (
    <LargeNotice {...props} />
  ) : (
    <ZoomedPicture
      address={address}
      alt={altOf(props)}
      onBroken={() => setBroken(true)}
    />
  );
}

/** What a picture shows, or at least whose it is. */
export function altOf({ file }: ViewProps): string {
  return file.alt === ""
    ? `Picture from ${foreignLine(file.from.name)}, no description`
    : foreignLine(file.alt);
}
