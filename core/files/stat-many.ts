import { accessSync, constants, lstatSync } from "node:fs";
import { join } from "node:path";
import { STAT_KINDS, STAT_NUMBERS } from "./stat-messages.ts";
import type { StatAnswer, StatKind, StatOrder } from "./stat-messages.ts";

/** By the owner, the group and all others. */
const READABLE = 0o444;

/** Looks at many names of one folder with synchronous calls. For a worker thread: it blocks. */
export function statMany({ folder, names }: StatOrder): StatAnswer {
  const answer = new Float64Array(names.length * STAT_NUMBERS);
  for (const [at, name] of names.entries())
    answer.set(statOne(join(folder, name)), at * STAT_NUMBERS);
  return answer;
}

function statOne(path: string): readonly number[] {
  try {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) return [of("link"), 0, 0, 0];
    if (stats.isDirectory()) return [of("folder"), 0, 0, 0];
    if (!stats.isFile()) return [of("special"), 0, 0, 0];
    // What everybody may read is not asked about: if it cannot be read all the same, reading tells.
    if ((stats.mode & READABLE) !== READABLE) accessSync(path, constants.R_OK);
    return [of("file"), stats.size, stats.mtimeMs, stats.ino];
  } catch {
    return [of("unreadable"), 0, 0, 0];
  }
}

function of(kind: StatKind): number {
  return STAT_KINDS.indexOf(kind);
}
