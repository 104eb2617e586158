import { useShell } from "#renderer/core/shell-context.ts";
import { decodeText } from "#renderer/parts/media/text/decode-text.ts";
import { textLines } from "#renderer/parts/media/text/text-lines.ts";
import { PREVIEW_TEXT_BYTES } from "#renderer/parts/media/preview-limits.ts";
import { readPart } from "#renderer/parts/media/read-part.ts";
import { useReading, type Reading } from "#renderer/parts/media/use-reading.ts";
import type { CompareProps } from "./compared-file.ts";
import { diffRows, type Difference } from "./diff-rows.ts";

/** Reads two texts and what differs between them. */
export function useComparedTexts({
  before,
  after,
}: CompareProps): Reading<Difference> {
  const { fileUrl } = useShell();
  const files = [before, after].map(({ file }) => ({
    address: fileUrl(file.root, file.name),
    size: file.size,
  }));
  return useReading(JSON.stringify(files), async (signal) => {
    const lines = await Promise.all(
      files.map(async ({ address, size }) => {
        const end = Math.min(size, PREVIEW_TEXT_BYTES);
        const bytes = await readPart(address, 0, end, signal);
        const text = decodeText(bytes, false);
        if (text === null) throw new Error("no text");
        return textLines(text.text).map((line) => line.text);
      }),
    );
    return diffRows(lines[0] ?? [], lines[1] ?? []);
  });
}
