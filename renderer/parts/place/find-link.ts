const LINK = /commonplace:[a-z0-9/?=&.-]+/iu;

/** The first Commonplace link in a text, or null. Whether it is a good one, the core says. */
export function findLink(text: string): string | null {
  return LINK.exec(text)?.[0] ?? null;
}
