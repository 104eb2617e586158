/** Copies of parts a drawing may unfold to, and how many costly effects it may have. */
const MOST_COPIES = 20_000;
const MOST_EFFECTS = 60;
const MOST_TILED = 200;

const NOT_DRAWN = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/gu;
const TAG = /<(\/?)([\w:.-]+)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gu;

/**
 * Whether a drawing could hold the window for long: parts that repeat parts
 * that repeat parts grow without end ("billion laughs"), effects and tiles cost
 * by the pixel.
 */
export function isHeavyDrawing(text: string): boolean {
  const drawn = text.replace(NOT_DRAWN, "");
  const count = (pattern: RegExp) => drawn.match(pattern)?.length ?? 0;
  return (
    /<!ENTITY/iu.test(drawn) ||
    count(/<(?:\w+:)?(?:pattern|mask|clipPath|marker)\b/gu) > MOST_TILED ||
    count(/<(?:\w+:)?fe[A-Z]\w+/gu) > MOST_EFFECTS ||
    copiesOf(drawn) > MOST_COPIES
  );
}

/** How many copies all `use` elements come to, those inside of what is used included. */
function copiesOf(text: string): number {
  /** The parts that are used inside of a part; "" is the whole drawing. */
  const uses = new Map<string, string[]>([["", []]]);
  const open: { readonly name: string; readonly id: string | null }[] = [];
  for (const [, slash, name = "", rest = ""] of text.matchAll(TAG)) {
    if (slash === "/") {
      const at = open.findLastIndex((one) => one.name === name);
      if (at !== -1) open.length = at;
      continue;
    }
    const id = /\sid\s*=\s*["']([^"']*)["']/u.exec(rest)?.[1] ?? null;
    if (/^(?:\w+:)?use$/u.test(name)) {
      const target = /href\s*=\s*["']\s*#([^"']*)["']/u.exec(rest)?.[1] ?? "";
      const around = new Set([id, "", ...open.map((one) => one.id)]);
      for (const part of around)
        if (part !== null) uses.set(part, [...(uses.get(part) ?? []), target]);
    }
    if (!rest.endsWith("/")) open.push({ name, id });
  }
  const known = new Map<string, number>();
  const unfold = (part: string): number => {
    const before = known.get(part);
    if (before !== undefined) return before;
    // One that uses itself is drawn not at all; it must not be walked for ever.
    known.set(part, 0);
    let copies = 0;
    for (const target of uses.get(part) ?? []) copies += 1 + unfold(target);
    known.set(part, copies);
    return copies;
  };
  return unfold("");
}
