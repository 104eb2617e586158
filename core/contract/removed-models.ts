import type { PersonLabel, Time } from "./models.ts";

/** What others removed from a collection and is still on this computer. */
export interface RemovedSummary {
  readonly files: number;
  readonly bytes: number;
  /** Who removed them; those who removed most first. */
  readonly by: readonly PersonLabel[];
}

/** A file that somebody removed from a collection, and that is still here as it came. */
export interface RemovedRow {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly by: PersonLabel;
  /** By the clock of whoever removed it. */
  readonly at: Time;
}
