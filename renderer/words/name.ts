import { NAME_CHARACTERS } from "#core/contract/limits.ts";
import { lettersOf } from "#renderer/ui/letters.ts";

/** Why a name cannot be taken, or null when it can. Letters are what a person would count. */
export function nameTrouble(name: string): string | null {
  const given = name.trim();
  if (given === "") return "Name is empty. Write any name you like.";
  // A letter can be many characters; past this the core would not look at it.
  return lettersOf(given).length > NAME_CHARACTERS ||
    name.length > NAME_CHARACTERS * 4
    ? `Name is too long. Use at most ${NAME_CHARACTERS} letters.`
    : null;
}
