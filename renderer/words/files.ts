import type {
  CollectionAudience,
  CollectionRow,
  FileStage,
} from "#core/contract/collection-models.ts";
import { readClock } from "#renderer/ui/clock.ts";
import { errorWords } from "./errors.ts";
import { awayWords, damagedWords } from "./file-copies.ts";
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

function percent(done: number, size: number): string {
  return `${size === 0 ? 0 : Math.floor((done / size) * 100)} %`;
}

/** Where a file stands. */
export function fileWords(
  state: FileStage,
  size: number,
  now = readClock(),
): string {
  switch (state.stage) {
    case "here":
      return "On this computer";
    case "away":
      return awayWords(state, now);
    case "damaged":
      return damagedWords(state);
    case "coming":
      return `Coming, ${percent(state.done, size)}`;
    case "waiting":
      return "Waiting its turn";
    case "paused":
      return `Paused at ${percent(state.done, size)}`;
    case "changed":
      return "Changed on this disk since it was shared";
    case "failed":
      return errorWords(state.problem).what;
  }
}
