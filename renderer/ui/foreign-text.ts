/** Control characters, invisible direction switches and lone halves; line breaks and tabs stay. */
const HIDDEN =
  /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/gu;
const MORE_THAN_TWO_MARKS = /(\p{M}{2})\p{M}+/gu;

/**
 * Text written elsewhere, made safe to draw: control and direction characters
 * become `·`, and no letter carries more than two combining marks.
 */
export function foreignText(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(HIDDEN, (letter) =>
      letter === "\n" || letter === "\t" ? letter : "·",
    )
    .replace(MORE_THAN_TWO_MARKS, "$1");
}

/** The same on one line, for names: breaks and tabs become spaces. */
export function foreignLine(text: string): string {
  return foreignText(text.replaceAll(/[\r\n\t]+/gu, " "));
}
