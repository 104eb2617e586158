import { foreignLine } from "#renderer/ui/foreign-text.ts";
import { plural } from "#renderer/words/time.ts";
import type { FileItem } from "./use-item-actions.ts";

export interface BringingWords {
  readonly isPaused: boolean;
  /** Null where something else was paused, and this goes on with it. */
  readonly pause: string | null;
  readonly cancel: string;
}

/**
 * What can be done about the transfer that brings a file; null when none does.
 * One that brings others too is named by how many: they stop with it.
 */
export function bringingWords(item: FileItem): BringingWords | null {
  const { state } = item;
  if (
    state.stage !== "coming" &&
    state.stage !== "waiting" &&
    state.stage !== "paused"
  )
    return null;
  const { files } = state.by;
  const what =
    files > 1
      ? `the download of ${plural(files, "file")}`
      : foreignLine(item.name);
  const isPaused = state.stage === "paused";
  const isByOther = state.stage === "paused" && state.what !== "transfer";
  return {
    isPaused,
    pause: isByOther ? null : `${isPaused ? "Resume" : "Pause"} ${what}`,
    cancel: `Cancel ${what}`,
  };
}
