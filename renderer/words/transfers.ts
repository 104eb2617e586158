import type { Transfer } from "#core/contract/collection-models.ts";
import { errorLine, errorWords } from "./errors.ts";
import { pausedWith } from "./coming.ts";
import { peopleWords } from "./people.ts";
import { partWords, sizeWords, speedWords } from "./size.ts";
import { agoWords, plural, timeLeftWords } from "./time.ts";

/** The line below the bar: how far, how fast, how long still. */
export function transferWords(transfer: Transfer, now: number): string {
  const { state, bytes, files } = transfer;
  const part = partWords(bytes.done, bytes.total);
  switch (state.stage) {
    case "running": {
      const left =
        transfer.secondsLeft !== null && transfer.speed > 0
          ? timeLeftWords(transfer.secondsLeft)
          : "";
      return [part, speedWords(transfer.speed), left]
        .filter((one) => one !== "")
        .join(" · ");
    }
    case "waiting":
      return state.people.length === 0
        ? `Waiting for somebody who has it · ${part}`
        : `Waiting for ${peopleWords(state.people)} · ${part}`;
    case "queued":
      return `Waiting its turn · ${part}`;
    case "room":
      return `Waiting for room · ${part}`;
    case "paused":
      return `${pausedWith[state.by]} · ${part}`;
    case "failed":
      return errorLine(errorWords(state.problem));
    case "done":
      return `${plural(files.total, "file")}, ${sizeWords(bytes.total)} · ${agoWords(state.at, now)}`;
  }
}

/** " · 12 of 340 files"; nothing for a single one. */
export function filesDoneWords({ files }: Transfer): string {
  return files.total > 1
    ? ` · ${files.done.toLocaleString("en")} of ${plural(files.total, "file")}`
    : "";
}

/** "Reading your folder", "Shared", "From Ana and Ben". */
export function directionWords(transfer: Transfer): string {
  if (transfer.direction === "sharing")
    return transfer.state.stage === "done" ? "Shared" : "Reading your folder";
  return transfer.from.length === 0
    ? transfer.reason === "rule"
      ? "Comes by itself"
      : "Download"
    : `From ${peopleWords(transfer.from, 3)}`;
}
