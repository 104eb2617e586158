import { foreignText } from "#renderer/ui/foreign-text.ts";

/** A line longer than this is cut: a window draws no line of a megabyte. */
const LINE_CHARACTERS = 4_000;

export interface TextLine {
  readonly text: string;
  /** Characters that are not shown. */
  readonly cut: number;
  /** What stands before it instead of its number. */
  readonly head?: string;
}

/** The lines of a text, made safe to draw, none longer than a window can bear. */
export function textLines(text: string): readonly TextLine[] {
  const lines = text.split(/\r\n|\r|\n/u);
  // A last line without letters is only the end of the one before.
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  return lines.map((line) =>
    line.length <= LINE_CHARACTERS
      ? { text: foreignText(line), cut: 0 }
      : {
          text: foreignText(line.slice(0, LINE_CHARACTERS)),
          cut: line.length - LINE_CHARACTERS,
        },
  );
}
