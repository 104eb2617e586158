import type { PersonId } from "#core/contract/ids.ts";
import type { StoredTransfer } from "./transfer-store.ts";

/** How a run tells of its progress. */
export interface Report {
  /** How much there is in all. */
  total(files: number, bytes: number): void;
  /** How much of it is done by now, what was done before included. */
  done(files: number, bytes: number): void;
  /** Bytes that moved just now: what the speed is made from. */
  moved(bytes: number): void;
  /** Whether nobody in reach has what is missing. */
  waiting(isWaiting: boolean): void;
  /** Who it comes from at the moment. */
  from(people: readonly PersonId[]): void;
}

/** Does the work of a transfer; rejects with the signal's reason when that fires. */
export type Run = (
  transfer: StoredTransfer,
  signal: AbortSignal,
  report: Report,
) => Promise<void>;
