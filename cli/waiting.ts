import type { Transfer } from "#core/contract/collection-models.ts";
import type { TransferId } from "#core/contract/ids.ts";
import { CoreError, type ErrorCode } from "#core/contract/errors.ts";
import { errorLine, errorWords } from "#renderer/words/errors.ts";
import { transferWords } from "#renderer/words/transfers.ts";
import type { Context } from "./command.ts";
import { CommandError, EXITS } from "./command-error.ts";
import { createWaitNotes, waitWords } from "./wait-notes.ts";

/**
 * Waits until a transfer is through, telling how far it is, and what it waits
 * for when it does.
 * @throws `CommandError` with what it failed with
 */
export async function untilTransferred(
  { app, output, clock, signal }: Context,
  transfer: TransferId,
): Promise<Transfer> {
  const notes = createWaitNotes(clock, output);
  try {
    const all = await app.until(
      "transfers",
      {},
      (transfers) => {
        const one = transfers.find((it) => it.transfer === transfer);
        if (one === undefined) return true;
        const { stage } = one.state;
        output.progress(transferWords(one, clock.now()));
        notes.see(waitWords(one));
        return stage === "done" || stage === "failed";
      },
      signal,
    );
    const ended = all.find((it) => it.transfer === transfer);
    if (ended === undefined) throw new CoreError("cancelled", {});
    if (ended.state.stage === "failed") throw failureOf(ended.state.problem);
    return ended;
  } finally {
    notes.end();
  }
}

/** A transfer that failed, in its own words. */
export function failureOf(problem: ErrorCode): CommandError {
  return new CommandError(
    errorLine(errorWords(problem)),
    problem === "internal" ? EXITS.software : EXITS.refused,
    problem,
  );
}

/** What becomes of something that was not waited for. */
export function goesOnWords(isOwn: boolean): string {
  return isOwn
    ? "It goes on by itself while Commonplace runs here, as with: commonplace serve"
    : "It goes on by itself.";
}

/** Waits for something that others must do, at most this long; null when it did not come. */
export async function within<T>(
  seconds: number,
  signal: AbortSignal,
  wait: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const late = AbortSignal.timeout(seconds * 1_000);
  try {
    return await wait(AbortSignal.any([signal, late]));
  } catch (error) {
    if (signal.aborted) throw new CommandError("Stopped.", EXITS.stopped);
    if (late.aborted) return null;
    throw error;
  }
}
