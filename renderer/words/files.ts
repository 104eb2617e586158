import type {
  CollectionAudience,
  CollectionRow,
  FileStage,
} from "#core/contract/collection-models.ts";
import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { comingWords, pausedWords, waitingWords } from "./coming.ts";
import { errorWords } from "./errors.ts";
import { awayKind, awayWords, damagedWords } from "./file-copies.ts";
import { peopleWords } from "./people.ts";
import { sizeWords } from "./size.ts";
import { plural } from "./time.ts";

/** How much of a collection is on this computer. */
export function hereWords(row: CollectionRow): string {
  if (row.folderMissing) return "The folder is not there";
  if (row.mine) return "Shared from this computer";
  if (row.files === 0) return "List on its way";
  if (row.filesHere >= row.files) return "All on this computer";
  if (row.filesHere === 0) return "Not downloaded";
  return `${row.filesHere.toLocaleString("en")} of ${plural(row.files, "file")} on this computer`;
}

/** "148 files, 412 MB". */
export function extentWords(
  row: Pick<CollectionRow, "files" | "bytes">,
): string {
  return `${plural(row.files, "file")}, ${sizeWords(row.bytes)}`;
}

/** Who a collection is for. */
export function forWords(audience: CollectionAudience): string {
  switch (audience.kind) {
    case "link":
      return "For everyone with the link";
    case "contacts":
      return "For all contacts";
    case "chosen":
      return audience.people.length === 0
        ? "For nobody yet"
        : `For ${peopleWords(audience.people, 3)}`;
  }
}

/** Where the bytes of one version are. */
export function versionStateWords(state: FileStage, now: number): string {
  if (state.stage !== "away") return "On this computer";
  const words = awayWords(state, now).replace(/^Not downloaded\. /, "");
  // Of an old version it is likely that it is gone for good; it may come back all the same.
  return awayKind(state) === "nobody"
    ? "Nobody has it that is known of"
    : words;
}

/** Where a file stands. */
export function fileWords(
  state: FileStage,
  size: number,
  now = readClock(),
  isKept = false,
): string {
  switch (state.stage) {
    case "here":
      return isKept ? "Always kept here" : "On this computer";
    case "away":
      return awayWords(state, now);
    case "newer":
      return `Newer version from ${foreignLine(state.from.name)}`;
    case "damaged":
      return damagedWords(state);
    case "coming":
      return comingWords(state, size);
    case "waiting":
      return waitingWords(state);
    case "paused":
      return pausedWords(state, size);
    case "changed":
      return "Changed on this disk since it was shared";
    case "failed":
      return errorWords(state.problem).what;
  }
}
