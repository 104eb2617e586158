import { PREVIEW_TEXT_BYTES } from "#renderer/parts/media/preview-limits.ts";
import { readPart } from "#renderer/parts/media/read-part.ts";
import { useReading, type Reading } from "#renderer/parts/media/use-reading.ts";
import type { ViewProps } from "#renderer/features/preview/view-props.ts";
import {
  decodeText,
  type DecodedText,
} from "#renderer/parts/media/text/decode-text.ts";

export interface ReadText extends DecodedText {
  /** The file is longer than what was read. */
  readonly isCut: boolean;
}

/** The beginning of a text file, decoded. */
export function useText({ file, address }: ViewProps): Reading<ReadText> {
  return useReading(address, async (signal) => {
    const end = Math.min(file.size, PREVIEW_TEXT_BYTES);
    const bytes = await readPart(address, 0, end, signal);
    const isCut = file.size > PREVIEW_TEXT_BYTES;
    const text = decodeText(bytes, isCut);
    if (text === null) throw new Error("no text");
    return { ...text, isCut };
  });
}
