import type {
  RemovedRow,
  RemovedSummary,
} from "#core/contract/removed-models.ts";
import { peopleWords } from "./people.ts";
import { agoWords, plural } from "./time.ts";

/** "2 files were removed by Ana and are still on this computer." */
export function removedWords({ files, by }: RemovedSummary): string {
  return files === 1
    ? `1 file was removed by ${peopleWords(by)} and is still on this computer.`
    : `${plural(files, "file")} were removed by ${peopleWords(by)} and are still on this computer.`;
}

/** "Removed by Ana · yesterday, 14:05". */
export function removedByWords({ by, at }: RemovedRow, now: number): string {
  return `Removed by ${peopleWords([by])} · ${agoWords(at, now)}`;
}

/** What came of keeping some as one's own. */
export function keptAsMineWords(files: number): string {
  return files === 1
    ? "The file stays, as yours"
    : `${plural(files, "file")} stay, as yours`;
}
