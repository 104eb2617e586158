// The project's own files, for the checks.
import { readdirSync } from "node:fs";

const NOT_OURS = new Set([
  ".git",
  "node_modules",
  "dist",
  "release",
  "test-results",
  "playwright-report",
  ".demo",
]);

/**
 * Paths of the project's files, from its root, `/` between parts, sorted.
 * @param {string} [folder]
 * @returns {readonly string[]}
 */
export function listFiles(folder = "") {
  return readdirSync(folder === "" ? "." : folder, { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? listFiles(path) : [path];
    })
    .toSorted();
}
