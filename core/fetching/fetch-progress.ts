import type { Logger } from "#core/base/logger.ts";
import type { Lane } from "./fetch-lane.ts";
import type { Source } from "#core/files/model.ts";

/** How far a fetch is. */
export interface Progress {
  /** Bytes verified and written, those of an earlier try too. */
  readonly verifiedBytes: number;
  /** Contents that are here in full. */
  readonly done: number;
  /** Nobody in reach has what is missing; it goes on by itself when somebody comes. */
  readonly isWaiting: boolean;
  /** Who it comes from at the moment. */
  readonly sources: readonly Source[];
}

/** Who is at the other end of these lanes. */
export function sourcesOf(lanes: Iterable<Lane>): readonly Source[] {
  return [...lanes].map(({ remote }) => ({
    person: remote.session.person.peek(),
  }));
}

/** The reason of a signal, or whatever else was thrown, as an error. */
export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** Calls `tell` once for all calls of the answer within one task: chunks come in groups. */
export function together(logger: Logger, tell: () => void): () => void {
  let isTelling = false;
  return () => {
    if (isTelling) return;
    isTelling = true;
    const told = Promise.resolve().then(() => {
      isTelling = false;
      tell();
    });
    logger.background("files progress", told);
  };
}
