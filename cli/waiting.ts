import type { Transfer } from "#core/contract/collection-models.ts";
import type { TransferId } from "#core/contract/ids.ts";
import { CoreError } from "#core/contract/errors.ts";
import { transferWords } from "#renderer/words/transfers.ts";
import type { Context } from "./command.ts";
import { CommandError, EXITS } from "./command-error.ts";

/** Waits until a transfer is through, telling how far it is. @throws what it failed with */
export async function untilTransferred(
  { app, output, clock, signal }: Context,
  transfer: TransferId,
): Promise<Transfer> {
  const all = await app.until(
    "transfers",
    {},
    (transfers) => {
      const one = transfers.find((it) => it.transfer === transfer);
      if (one === undefined) return true;
      const { stage } = one.state;
      output.progress(transferWords(one, clock.now()));
      return stage === "done" || stage === "failed";
    },
    signal,
  );
  const ended = all.find((it) => it.transfer === transfer);
  if (ended === undefined) throw new CoreError("cancelled", {});
  if (ended.state.stage === "failed")
    throw new CoreError("not-found", { what: "files" });
  return ended;
}

/** Waits for something that others must do, at most this long; false when it did not come. */
export async function within(
  seconds: number,
  signal: AbortSignal,
  wait: (signal: AbortSignal) => Promise<unknown>,
): Promise<boolean> {
  const late = AbortSignal.timeout(seconds * 1_000);
  try {
    await wait(AbortSignal.any([signal, late]));
    return true;
  } catch (error) {
    if (signal.aborted) throw new CommandError("Stopped.", EXITS.stopped);
    if (late.aborted) return false;
    throw error;
  }
}
