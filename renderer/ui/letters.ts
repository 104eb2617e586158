const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A text as the letters a person sees: joined emoji and marks stay whole. */
export function lettersOf(text: string): readonly string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}
