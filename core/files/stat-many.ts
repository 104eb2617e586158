import { accessSync, constants, lstatSync } from "node:fs";
import { join } from "node:path";
import { isForAll, kindOf, STAT_KINDS, type StatKind } from "./stat-kind.ts";
import { STAT_NUMBERS } from "./stat-messages.ts";
import type { StatAnswer, StatOrder } from "./stat-messages.ts";

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
    const kind = kindOf(stats);
    if (kind !== "file") return [of(kind), 0, 0, 0];
    if (!isForAll(stats)) accessSync(path, constants.R_OK);
    return [of(kind), stats.size, stats.mtimeMs, stats.ino];
  } catch {
    return [of("unreadable"), 0, 0, 0];
  }
}

function of(kind: StatKind): number {
  return STAT_KINDS.indexOf(kind);
}
