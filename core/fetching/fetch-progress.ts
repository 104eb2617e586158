import type { Clock } from "#core/base/clock.ts";
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

/** Told of at most so often while bytes come in quickly. */
const TELL_MS = 100;
const TELL_BYTES = 1024 * 1024;
/** What is small is told of at more steps than its bytes alone would make. */
const TELL_STEPS = 64;

/**
 * Calls `tell` with what is verified: once for all of one task, and when much
 * comes in, not for each chunk. The last chunk is always told of.
 */
export function tellSteps(
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
  size: number,
  tell: () => void,
): (verifiedBytes: number) => void {
  const step = Math.min(TELL_BYTES, size / TELL_STEPS);
  let toldBytes = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  let isTelling = false;
  return (verifiedBytes) => {
    const now = clock.monotonic();
    const isMuch = verifiedBytes - toldBytes >= step || verifiedBytes === size;
    if (isTelling || !(isMuch || now - toldAt >= TELL_MS)) return;
    toldBytes = verifiedBytes;
    toldAt = now;
    isTelling = true;
    const told = Promise.resolve().then(() => {
      isTelling = false;
      tell();
    });
    logger.background("files progress", told);
  };
}
