// Finds what a document points to inside the project.
import { posix } from "node:path";

const LINK = /\]\(([^)#\s]+)(?:#[^)]*)?\)/g;
const NAMED =
  /`((?:core|electron|renderer|e2e|bench|docs|scripts)\/[\w./-]*)`/g;
const FENCE = /^```[\s\S]*?^```/gm;

/**
 * Paths from the project's root: relative links, and files and folders named in
 * back-ticks from the root (`core/base/clock.ts`). Addresses are left alone.
 * @param {string} markdown
 * @param {string} path of the document
 * @returns {readonly string[]}
 */
export function targetsOf(markdown, path) {
  const text = markdown.replace(FENCE, "");
  const links = [...text.matchAll(LINK)]
    .map((found) => found[1] ?? "")
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => posix.join(posix.dirname(path), link));
  const named = [...text.matchAll(NAMED)].map((found) => found[1] ?? "");
  return [...new Set([...links, ...named])];
}
