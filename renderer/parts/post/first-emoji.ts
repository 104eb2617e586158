import { lettersOf } from "#renderer/ui/letters.ts";

/** The first emoji of a text, whole with its joined parts; null when it begins with none. */
export function firstEmoji(text: string): string | null {
  const first = lettersOf(text.trim())[0] ?? "";
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(first)
    ? first
    : null;
}
