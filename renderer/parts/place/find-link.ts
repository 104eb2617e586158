import { LINK_CHARACTERS } from "#core/contract/limits.ts";

const LINK = /commonplace:[a-z0-9/?=&.-]+/iu;

/** Whether a text is longer than any link, whatever blanks a mail put into it. */
export function isNoLink(text: string): boolean {
  return text.replace(/\s+/gu, "").length > LINK_CHARACTERS;
}

/** The first Commonplace link in a text, or null. Whether it is a good one, the core says. */
export function findLink(text: string): string | null {
  const found = LINK.exec(text)?.[0] ?? null;
  return found === null || isNoLink(found) ? null : found;
}
