import { useEffect, useState } from "react";
import { useShell } from "#renderer/core/shell-context.ts";
import { asVtt, readCaptions } from "#renderer/parts/media/player/captions.ts";
import type { CaptionTrack } from "#renderer/parts/media/player/caption-track.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { captionFiles } from "./caption-files.ts";
import type { PreviewFile } from "./preview-file.ts";
import { readPart } from "#renderer/parts/media/read-part.ts";
import { decodeText } from "#renderer/parts/media/text/decode-text.ts";

const NONE: readonly CaptionTrack[] = [];
/** Captions of a long film are a tenth of this. */
const CAPTIONS_BYTES = 2_000_000;

/** Captions that lie beside a sound or film, as tracks of its player. */
export function useCaptionTracks(
  file: PreviewFile,
  beside: readonly PreviewFile[],
): readonly CaptionTrack[] {
  const { fileUrl } = useShell();
  const [tracks, setTracks] = useState(NONE);
  const found = captionFiles(file, beside).map(({ file: one, label }) => ({
    label: foreignLine(label),
    from: fileUrl(one.root, one.name),
    size: Math.min(one.size, CAPTIONS_BYTES),
  }));
  const key = JSON.stringify(found);
  useEffect(() => {
    const stop = new AbortController();
    const made: CaptionTrack[] = [];
    const read = async () => {
      for (const { label, from, size } of found) {
        const bytes = await readPart(from, 0, size, stop.signal);
        const text = decodeText(bytes, true)?.text ?? "";
        const captions = readCaptions(text);
        if (captions === null || stop.signal.aborted) continue;
        const vtt = new Blob([asVtt(captions)], { type: "text/vtt" });
        made.push({ label, address: URL.createObjectURL(vtt) });
      }
      if (!stop.signal.aborted && made.length > 0) setTracks([...made]);
    };
    // A film whose captions are not here is a film without captions.
    read().catch(() => {});
    return () => {
      stop.abort();
      setTracks(NONE);
      for (const { address } of made) URL.revokeObjectURL(address);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- equal files are equal text
  }, [key]);
  return tracks;
}
