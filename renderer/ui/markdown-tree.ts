import { fromMarkdown } from "mdast-util-from-markdown";
import { tables } from "./markdown-tables.ts";

type Root = ReturnType<typeof fromMarkdown>;
/** What stands in a tree of Markdown. */
export type MarkdownNode = Root["children"][number];

/**
 * What a text may hold and still be read as Markdown. Reading takes time that
 * grows with the square of these, so a hostile text of 32 KiB could hold the
 * window for half a minute; within these limits it takes some milliseconds.
 */
const MOST_SIGNS = 2_000;
const MOST_LINES = 1_500;
const MOST_DEPTH = 40;

const signs = [/\*+|_+/gu, /[[\]!]/gu, /`/gu, /[<>&]/gu, /[~|]/gu] as const;

function isCheap(text: string): boolean {
  const lines = text.split("\n");
  if (lines.length > MOST_LINES) return false;
  // A list or quote inside another costs again for every level.
  if (lines.some((line) => /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){20}/u.test(line)))
    return false;
  if (lines.some((line) => /^[ \t]{60}/u.test(line))) return false;
  return signs.every((sign) => (text.match(sign)?.length ?? 0) <= MOST_SIGNS);
}

/** Whether no node lies deeper than can be drawn. Walks without calling itself. */
function isShallow(root: Root): boolean {
  const waiting: {
    readonly node: Root | MarkdownNode;
    readonly depth: number;
  }[] = [{ node: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    if (depth > MOST_DEPTH) return false;
    if ("children" in node) {
      for (const child of node.children)
        waiting.push({ node: child, depth: depth + 1 });
    }
  }
  return true;
}

/** A text as a tree; null when it is better shown as it stands. */
export function markdownTree(text: string): Root | null {
  if (!isCheap(text)) return null;
  try {
    const tree = fromMarkdown(text, tables);
    return isShallow(tree) ? tree : null;
  } catch {
    // Whatever a text does to the reader, it is still shown.
    return null;
  }
}
