import type { Stats } from "node:fs";

/** What lies at a name. */
export const STAT_KINDS = [
  "file",
  "folder",
  "link",
  "special",
  "unreadable",
] as const;
export type StatKind = (typeof STAT_KINDS)[number];

/** By the owner, the group and all others. */
const READABLE = 0o444;

/** What the disk says lies there; links are not followed. */
export function kindOf(stats: Stats): Exclude<StatKind, "unreadable"> {
  if (stats.isSymbolicLink()) return "link";
  if (stats.isDirectory()) return "folder";
  return stats.isFile() ? "file" : "special";
}

/** Whether everybody may read it: then it is not asked about, and if it cannot be read all the same, reading tells. */
export function isForAll({ mode }: Stats): boolean {
  return (mode & READABLE) === READABLE;
}
