import type { Clock } from "#core/base/clock.ts";
import type { Transfer } from "#core/contract/collection-models.ts";
import { peopleWords } from "#renderer/words/people.ts";
import type { Output } from "./output.ts";

/** Lines to others come up in this time; a wait that is over by then is none. */
const SHORT_MS = 2_000;

/** What a transfer waits for, in a sentence; null when it does not. */
export function waitWords(
  transfer: Pick<Transfer, "state" | "direction" | "speed">,
): string | null {
  const { state } = transfer;
  switch (state.stage) {
    case "waiting":
      return state.people.length === 0
        ? "Waits for somebody who has it."
        : `Waits for ${peopleWords(state.people)}.`;
    case "queued":
      return "Waits its turn.";
    case "room":
      return "Waits for room on this computer.";
    case "paused":
      return "It is paused in the app.";
    case "running":
      // As when another one fetches the same, and waits.
      return transfer.direction === "receiving" && transfer.speed === 0
        ? "Nothing comes yet."
        : null;
    case "done":
    case "failed":
      return null;
  }
}

/** Says each wait once, when it lasts. */
export function createWaitNotes(
  clock: Pick<Clock, "after">,
  output: Pick<Output, "note">,
): { see(words: string | null): void; end(): void } {
  let seen: string | null = null;
  let told: string | null = null;
  let cancel = (): void => undefined;
  return {
    see(words) {
      if (words === seen) return;
      cancel();
      seen = words;
      if (words === null || words === told) return;
      cancel = clock.after(SHORT_MS, () => {
        told = words;
        output.note(words);
      });
    },
    end() {
      cancel();
    },
  };
}
