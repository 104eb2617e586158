const letters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The first emoji of a text, whole with its joined parts; null when it begins with none. */
export function firstEmoji(text: string): string | null {
  const [first] = letters.segment(text.trim());
  if (first === undefined) return null;
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(first.segment)
    ? first.segment
    : null;
}
